import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportAll, exportOne } from '../usecases/export-records';
import type { ExportRecord } from '../usecases/export-rows';
import type { CliContext, CliStores } from './cli-context';
import { withStores } from './cli-context';
import { csvText } from './export/csv-text';
import { jsonText } from './export/json-text';
import type { Section } from './export/sections';
import { sectionsOf } from './export/sections';
import { writeXlsx } from './export/xlsx';
import type { ExportFormat, ExportOptions } from './command-options';
import { OperatorError } from './operator-error';
import { writeFileWhole } from './output';

type Writer = (sections: AsyncIterable<Section>, out: NodeJS.WritableStream) => Promise<void>;

const asText =
  (text: (sections: AsyncIterable<Section>) => AsyncIterable<string>): Writer =>
  async (sections, out) =>
    pipeline(Readable.from(text(sections)), out, { end: false });

const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  json: asText(jsonText),
  csv: asText(csvText),
  xlsx: writeXlsx,
};

/** Writes everything, or one customer, to a file or standard output, holding no more than a few customers in memory. */
export async function runExport(context: CliContext, { format, customer, out }: ExportOptions): Promise<number> {
  if (format === 'xlsx' && out === undefined && context.stdout.isTTY === true) {
    throw new OperatorError('A workbook cannot be shown in a terminal; add --out FILE.');
  }
  await withStores(context, async (stores) => {
    const sections = sectionsOf(await recordsOf(stores, customer));
    const write = async (target: NodeJS.WritableStream): Promise<void> => WRITERS[format](sections, target);
    await (out === undefined ? write(context.stdout) : writeFileWhole(out, write));
  });
  return 0;
}

async function recordsOf(
  stores: CliStores,
  customer: string | undefined,
): Promise<AsyncIterable<ExportRecord> | Iterable<ExportRecord>> {
  if (customer === undefined) {
    return exportAll(stores);
  }
  const records = await exportOne(stores, customer);
  if (!records) {
    throw new OperatorError(`There is no customer with the id ${JSON.stringify(customer)}.`);
  }
  return records;
}
