import { csvLine } from '../../domain/gateway/csv-text';
import { EXPORT_LISTS } from '../../usecases/export-rows';
import type { Section } from './sections';
import type { Cell } from './tables';
import { TABLES } from './tables';

/** `list` says which list a row belongs to; a column is empty in the rows of lists that do not have it. */
export const CSV_COLUMNS: readonly string[] = [
  ...new Set(['list', ...EXPORT_LISTS.flatMap((list) => TABLES[list].columns)]),
];

// Spreadsheets take a cell that starts so for a formula, the full-width signs too in East Asian locales.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The export as one CSV table (RFC 4180, UTF-8 with BOM, as spreadsheets want it), in pieces. */
export async function* csvText(sections: AsyncIterable<Section>): AsyncGenerator<string> {
  yield `\ufeff${csvLine(CSV_COLUMNS)}`;
  for await (const { list, rows } of sections) {
    for await (const row of rows) {
      for (const cells of TABLES[list].rows(row)) {
        yield csvLine(CSV_COLUMNS.map((column) => harmless(column === 'list' ? list : (cells[column] ?? null))));
      }
    }
  }
}

/** A text that could be run as a formula is written with an apostrophe before it, which makes it a text. */
function harmless(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return typeof cell === 'string' && FORMULA.test(text) ? `'${text}` : text;
}
