import type { GatewayColumn } from '../../src/domain/gateway/columns';
import { GATEWAY_COLUMNS } from '../../src/domain/gateway/columns';

/** A faultless row. */
export const GOOD_ROW: Readonly<Record<GatewayColumn, string>> = {
  customerId: 'contoso',
  customerName: 'Contoso',
  region: 'EMEA',
  seats: '1000',
  motion: 'RFA',
  deliveryChannel: 'FTC',
  fm: 'fm@example.com',
  accountManaged: 'yes',
  accountTeam: 'a@example.com b@example.com',
  language: 'en',
  requestId: 'RFA-1',
  workload: 'exchange-online',
  l1Status: 'InProgress',
  engagementStartDate: '2026-11-30',
  kickoffDate: '2026-12-02',
  activeUsers: '10',
  serviceStatus: 'Enablement',
};

export type GatewayRow = Partial<Record<GatewayColumn, string>>;

const quoted = (cell: string): string => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A Gateway file with these rows; what a row does not say is as in `GOOD_ROW`. */
export function gatewayCsv(
  rows: readonly GatewayRow[],
  {
    delimiter = ',',
    lineBreak = '\r\n',
    columns = GATEWAY_COLUMNS,
  }: { delimiter?: string; lineBreak?: string; columns?: readonly GatewayColumn[] } = {},
): string {
  const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? GOOD_ROW[column])));
  return [columns, ...lines].map((cells) => cells.join(delimiter) + lineBreak).join('');
}

/** The bytes of a text, in chunks of `size`: borders fall into characters and line breaks. */
export async function* bytesOf(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}
