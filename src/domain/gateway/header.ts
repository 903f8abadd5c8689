import type { GatewayColumn, GatewayProblem } from './columns';
import { GATEWAY_COLUMNS } from './columns';
import { isOneOf } from '../vocabulary';
import { shown } from './values';

export type Header =
  /** Where each column stands in a row, and how many cells a row has. */
  | { readonly ok: true; readonly positions: ReadonlyMap<GatewayColumn, number>; readonly width: number }
  | { readonly ok: false; readonly problems: readonly GatewayProblem[] };

/**
 * Reads the header row. Every missing, unknown and repeated column is named; any of them refuses the file,
 * because a column that was meant otherwise would silently change every customer.
 */
export function readHeader(cells: readonly string[], line: number): Header {
  if (cells.some((cell) => /[\ufffd\0]/.test(cell))) {
    return { ok: false, problems: [{ line, column: '', problem: 'the file is not UTF-8; save it as UTF-8' }] };
  }
  const positions = new Map<GatewayColumn, number>();
  const problems: GatewayProblem[] = [];
  for (const [position, cell] of cells.entries()) {
    const column = cell.trim();
    if (!isOneOf(GATEWAY_COLUMNS, column)) {
      problems.push({ line, column, problem: unknownColumn(column, position) });
    } else if (positions.has(column)) {
      problems.push({ line, column, problem: 'stands in the header twice; keep one of the columns' });
    } else {
      positions.set(column, position);
    }
  }
  for (const column of GATEWAY_COLUMNS.filter((name) => !positions.has(name))) {
    problems.push({ line, column, problem: 'is missing from the header; add this column' });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, positions, width: cells.length };
}

function unknownColumn(name: string, position: number): string {
  const meant = GATEWAY_COLUMNS.find((column) => column.toLowerCase() === name.toLowerCase().replace(/[\s_-]/g, ''));
  if (meant) {
    return `is not a column of a Gateway file; write ${meant}`;
  }
  return name === ''
    ? `column ${position + 1} has no name; remove it`
    : `${shown(name)} is not a column of a Gateway file; remove it, the columns are ${GATEWAY_COLUMNS.join(',')}`;
}
