import { GatewayBatch } from '../domain/gateway/batch';
import type { Header } from '../domain/gateway/header';
import { readHeader } from '../domain/gateway/header';
import { readRow } from '../domain/gateway/row';
import { idValue } from '../domain/gateway/values';
import { LineSplitter } from './csv-lines';
import type { CsvRecord } from './csv-records';
import { RecordReader } from './csv-records';

/** What one file may hold; more would have to be kept in memory until its last row is known. */
export const GATEWAY_FILE_LIMITS = { bytes: 200 * 1024 * 1024, rows: 500_000 } as const;

/** A file with more of them is no CSV, and taking it apart costs more than it is worth. */
const MOST_BROKEN_ROWS = 10_000;

type GoodHeader = Extract<Header, { ok: true }>;

/** Thrown inside to stop reading; the file is refused as a whole. */
class Refused extends Error {}

/**
 * Reads a Gateway CSV to its end.
 * @param bytes UTF-8, with or without BOM; other bytes become problems of the rows they stand in.
 * @returns the customers without problems and all problems; nothing but problems when the file cannot be used as a whole.
 */
export async function readGatewayFile(
  bytes: AsyncIterable<Uint8Array>,
  limits: { readonly bytes: number; readonly rows: number } = GATEWAY_FILE_LIMITS,
): Promise<GatewayBatch> {
  const reading = new Reading(limits.rows);
  const lines = new LineSplitter();
  const records = new RecordReader();
  const decoder = new TextDecoder('utf-8');
  let size = 0;
  try {
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > limits.bytes) {
        return refusal(`the file is larger than ${limits.bytes} bytes; split it, all rows of a customer in one part`);
      }
      reading.add(records.push(lines.push(decoder.decode(chunk, { stream: true }))), records);
    }
    reading.add(records.push([...lines.push(decoder.decode()), ...lines.end()]), records);
    reading.add(records.end(), records);
  } catch (error) {
    if (error instanceof Refused) {
      return refusal(error.message);
    }
    throw error;
  }
  return reading.result();
}

function refusal(problem: string): GatewayBatch {
  const batch = new GatewayBatch();
  batch.addProblem({ line: 1, column: '', problem });
  return batch;
}

/** The state of reading one file: first the header, then rows. */
class Reading {
  private readonly batch = new GatewayBatch();
  private header: Header | undefined;
  private rows = 0;
  private broken = 0;

  constructor(private readonly mostRows: number) {}

  add(records: readonly CsvRecord[], reader: RecordReader): void {
    for (const record of records) {
      if (this.header?.ok) {
        this.addRow(record, this.header, reader);
      } else {
        this.header ??= this.readHeader(record);
      }
    }
  }

  result(): GatewayBatch {
    return this.header ? this.batch : refusal('the file is empty; begin it with the header row');
  }

  private readHeader(record: CsvRecord): Header {
    if (record.kind === 'broken') {
      throw new Refused(`the header row ${record.problem}`);
    }
    const header = readHeader(record.cells, record.line);
    if (!header.ok) {
      header.problems.forEach((problem) => this.batch.addProblem(problem));
    }
    return header;
  }

  private addRow(record: CsvRecord, header: GoodHeader, reader: RecordReader): void {
    if (++this.rows > this.mostRows) {
      throw new Refused(`the file has more than ${this.mostRows} rows; split it, all rows of a customer in one part`);
    }
    const { line } = record;
    if (record.kind === 'broken') {
      if (++this.broken > MOST_BROKEN_ROWS) {
        throw new Refused(`more than ${MOST_BROKEN_ROWS} rows are not well-formed CSV; write the file anew`);
      }
      const owner = ownerOf(reader.guess(record.text), header);
      this.batch.addBrokenRow({ line, column: '', problem: `the line ${record.problem}` }, owner);
    } else if (record.cells.length !== header.width) {
      const problem = `the row has ${record.cells.length} cells; write ${header.width}, one for each column of the header`;
      this.batch.addBrokenRow({ line, column: '', problem }, ownerOf(record.cells, header));
    } else {
      const read = readRow((column) => record.cells[header.positions.get(column) ?? -1] ?? '');
      this.batch.addRow(line, read);
    }
  }
}

/** The customer a damaged row seems to belong to. */
function ownerOf(cells: readonly string[], { positions }: GoodHeader): string | undefined {
  const id = idValue(cells[positions.get('customerId') ?? -1] ?? '');
  return id.ok ? id.value : undefined;
}
