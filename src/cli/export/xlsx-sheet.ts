import type { Cell } from './tables';
import { DATE_COLUMNS } from './tables';

/** Styles of `xlsx.ts`, by their place in its stylesheet. */
const STYLE = { header: 1, text: 2, date: 3 } as const;
/** Excel's limit of characters in a cell, and what is put where a text is longer. */
const LONGEST_CELL = 32_767;
const CUT = '… [cut: the JSON export has all of it]';

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet ${NS}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>`;

/** A worksheet of at most `mostRows` rows below its header, in pieces; further rows stay in the iterator. */
export async function* sheetXml(
  columns: readonly string[],
  rows: AsyncIterator<Readonly<Record<string, Cell>>>,
  mostRows: number,
): AsyncGenerator<string> {
  yield `${HEAD}<row>${columns.map((column) => textCell(column, STYLE.header)).join('')}</row>`;
  for (let count = 0; count < mostRows; count++) {
    const next = await rows.next();
    if (next.done) {
      break;
    }
    yield `<row>${columns.map((column) => cellXml(column, next.value[column] ?? null)).join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellXml(column: string, cell: Cell): string {
  if (cell === null || cell === '') {
    return '<c/>';
  }
  if (typeof cell === 'number') {
    return `<c><v>${cell}</v></c>`;
  }
  if (typeof cell === 'boolean') {
    return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
  }
  return DATE_COLUMNS.has(column) ? `<c s="${STYLE.date}"><v>${dayNumber(cell)}</v></c>` : textCell(cell, STYLE.text);
}

/** Inline strings are never calculated, whatever they start with. */
const textCell = (text: string, style: number): string =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${xmlText(shortened(text))}</t></is></c>`;

const shortened = (text: string): string =>
  text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL - CUT.length) + CUT : text;

/** Excel counts days from 1899-12-30 (right for every date after February 1900). */
const dayNumber = (date: string): number => (Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '_x000D_' };

/** What XML cannot hold is left out; `_x0041_`, which Excel would read as an escape, is escaped itself. */
const xmlText = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are what XML 1.0 forbids
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? '');
