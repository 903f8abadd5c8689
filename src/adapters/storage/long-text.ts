import type { Columns, StoredRow } from './row';
import { DamagedRowError } from './errors';

/**
 * UTF-16 units per column. Azure takes 32,768 units; Azurite counts 64 KiB of UTF-8, of which a unit needs up to three:
 * what fits both fits everywhere.
 */
const UNITS_PER_COLUMN = 21_845;

/** Text of any length over as many columns as it needs: `text`, `text2`, `text3` … A pair is never cut in two. */
export function textColumns(name: string, text: string): Columns {
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  const columns: Record<string, string> = {};
  let start = 0;
  for (let part = 1; start < whole.length || part === 1; part += 1) {
    const end = cut(whole, start + UNITS_PER_COLUMN);
    columns[columnName(name, part)] = whole.slice(start, end);
    start = end;
  }
  return columns;
}

/** The inverse of `textColumns`. @throws DamagedRowError when the first column is missing. */
export function textOf(row: StoredRow, name: string): string {
  const parts: string[] = [];
  for (let part = 1; ; part += 1) {
    const value = row[columnName(name, part)];
    if (typeof value !== 'string') {
      break;
    }
    parts.push(value);
  }
  if (parts.length === 0) {
    throw new DamagedRowError(row.rowKey, name);
  }
  return parts.join('');
}

function columnName(name: string, part: number): string {
  return part === 1 ? name : `${name}${part}`;
}

function cut(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return end < text.length && unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
