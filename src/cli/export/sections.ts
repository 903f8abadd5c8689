import type { ExportList, ExportRecord } from '../../usecases/export-rows';
import { EXPORT_LISTS } from '../../usecases/export-rows';
import { Spool } from './spool';

export type Row = ExportRecord['row'];

/** One list of the export. Its rows are to be read before the next section is asked for. */
export interface Section {
  readonly list: ExportList;
  readonly rows: AsyncIterable<Row>;
}

/**
 * Sorts records into lists without holding them: the first list passes through as it comes, the others wait in
 * temporary files. So every customer is read once only, and the lists of one export agree with each other.
 */
export async function* sectionsOf(
  records: AsyncIterable<ExportRecord> | Iterable<ExportRecord>,
): AsyncGenerator<Section> {
  const [first, ...others] = EXPORT_LISTS;
  const spools = new Map<ExportList, Spool>();
  try {
    for (const list of others) {
      spools.set(list, await Spool.create());
    }
    yield { list: first, rows: passing(records, first, spools) };
    for (const [list, spool] of spools) {
      yield { list, rows: spool.rows() as AsyncGenerator<Row> };
    }
  } finally {
    await Promise.all([...spools.values()].map(async (spool) => spool.close()));
  }
}

async function* passing(
  records: AsyncIterable<ExportRecord> | Iterable<ExportRecord>,
  wanted: ExportList,
  spools: ReadonlyMap<ExportList, Spool>,
): AsyncGenerator<Row> {
  for await (const { list, row } of records) {
    if (list === wanted) {
      yield row;
    } else {
      await spools.get(list)?.add(row);
    }
  }
}
