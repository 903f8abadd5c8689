import { randomUUID } from 'node:crypto';
import { encodeRow } from './row-json';
import type { Row } from './row';

/** One change of a row, all of a batch on one partition. `etag` = what the row must still have; `*` = whatever it has. */
export type RowAction =
  | readonly ['create', Row]
  | readonly ['update', Row, 'Merge' | 'Replace', { readonly etag: string }]
  | readonly ['upsert', Row, 'Merge' | 'Replace']
  | readonly ['delete', { readonly partitionKey: string; readonly rowKey: string; readonly etag: string }];

/** Where the rows are: the table's own URL, and that of one of its rows. */
export interface BatchUrls {
  readonly table: string;
  row(partitionKey: string, rowKey: string): string;
}

const PART = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary';
const HEADERS = 'Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0';
const BODY_HEADERS = 'Content-Type: application/json\r\nPrefer: return-no-content';

/**
 * An entity group transaction as the service takes it. The SDK sends each action through a pipeline of its own to make
 * this text, at several times the cost, and leaves out the ETags of deletions.
 */
export function batchOf(actions: readonly RowAction[], urls: BatchUrls): { contentType: string; body: string } {
  const [batch, changes] = [`batch_${randomUUID()}`, `changeset_${randomUUID()}`];
  const parts = actions.map((action) => `--${changes}\r\n${PART}\r\n\r\n${requestOf(action, urls)}\r\n`);
  const opening = `--${batch}\r\nContent-Type: multipart/mixed; boundary=${changes}\r\n\r\n`;
  const body = `${opening}${parts.join('')}--${changes}--\r\n--${batch}--\r\n`;
  return { contentType: `multipart/mixed; boundary=${batch}`, body };
}

function requestOf(action: RowAction, urls: BatchUrls): string {
  const [kind, row] = action;
  const url = kind === 'create' ? urls.table : urls.row(row.partitionKey, row.rowKey);
  const etag = kind === 'update' ? action[3].etag : kind === 'delete' ? row.etag : undefined;
  const condition = etag === undefined ? '' : `\r\nIf-Match: ${etag}`;
  const start = `${methodOf(action)} ${url} HTTP/1.1\r\n${HEADERS}${condition}`;
  return kind === 'delete'
    ? `${start}\r\n\r\n`
    : `${start}\r\n${BODY_HEADERS}\r\n\r\n${JSON.stringify(encodeRow(row))}`;
}

function methodOf(action: RowAction): string {
  switch (action[0]) {
    case 'create':
      return 'POST';
    case 'delete':
      return 'DELETE';
    case 'update':
    case 'upsert':
      return action[2] === 'Merge' ? 'PATCH' : 'PUT';
  }
}

/** What the service says of the action that failed, for which nothing was done. Undefined = all of it was done. */
export function failureIn(answer: string): { readonly status: number; readonly code: string | undefined } | undefined {
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  const status = statuses.find((each) => each >= 300);
  if (status === undefined) {
    return statuses.length > 0 ? undefined : { status: 500, code: undefined };
  }
  return { status, code: /"code"\s*:\s*"(\w+)"/.exec(answer)?.[1] };
}

/** The new ETags of a batch that was done, in the order of its actions; '' of a row that was removed. */
export function etagsIn(answer: string): string[] {
  return answer
    .split(/^HTTP\/1\.1 /m)
    .slice(1)
    .map((part) => /^ETag: *(.*?)\r?$/im.exec(part)?.[1] ?? '');
}
