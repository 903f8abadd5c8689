import type { TableClient } from '@azure/data-tables';
import {
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type HttpClient,
  type HttpMethods,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { batchOf, etagsIn, failureIn, type BatchUrls, type RowAction } from './row-batch';
import { decodeRow, encodeRow, type JsonRow } from './row-json';
import type { Row, StoredRow } from './row';
import { NoAnswerError } from './undici-transport';

/** What a query asks the service for. */
export interface PageRequest {
  readonly filter?: string;
  readonly select?: readonly string[];
  readonly top: number;
  /** Where the page before ended. */
  readonly from?: PageEnd;
}

export interface PageEnd {
  readonly partitionKey: string;
  readonly rowKey: string | undefined;
}

export interface Page<T = StoredRow> {
  readonly rows: readonly T[];
  /** Undefined = that was the last page. */
  readonly end: PageEnd | undefined;
}

/** Steps that turn operations into requests and back; the requests here are ready as they are. */
const OPERATION_POLICIES = ['serializationPolicy', 'deserializationPolicy'];

const HEADERS = {
  accept: 'application/json;odata=minimalmetadata',
  dataserviceversion: '3.0',
  'x-ms-version': '2019-02-02',
};

/**
 * The requests of every turn (read, query, write and remove rows), sent through the SDK's own pipeline with its credentials,
 * but without its general mapping of operations, which costs more than the rest of a request.
 */
export class RowRequests {
  private readonly pipeline: Pipeline;
  private readonly account: string;
  private readonly urls: BatchUrls;

  constructor(
    client: TableClient,
    private readonly transport: HttpClient,
  ) {
    this.pipeline = client.pipeline.clone();
    OPERATION_POLICIES.forEach((name) => this.pipeline.removePolicy({ name }));
    this.account = client.url.replace(/\/$/, '');
    const table = `${this.account}/${client.tableName}`;
    const row = (partitionKey: string, rowKey: string): string =>
      `${table}(PartitionKey='${inUrl(partitionKey)}',RowKey='${inUrl(rowKey)}')`;
    this.urls = { table, row };
  }

  /** @returns undefined when there is no such row. @throws RestError, also when the table is missing */
  async read(partitionKey: string, rowKey: string, signal: AbortSignal): Promise<StoredRow | undefined> {
    const answer = await this.send({ method: 'GET', url: this.urls.row(partitionKey, rowKey), signal });
    if (answer.status === 404 && codeOf(answer) !== 'TableNotFound') {
      return undefined;
    }
    return decodeRow(bodyOf(succeeded(answer)));
  }

  /** One page of a query; it may be empty and yet not the last. @throws RestError */
  async page(request: PageRequest, signal: AbortSignal): Promise<Page>;
  async page<T>(request: PageRequest, signal: AbortSignal, decode: (row: JsonRow) => T): Promise<Page<T>>;
  async page(
    { filter, select, top, from }: PageRequest,
    signal: AbortSignal,
    decode: (row: JsonRow) => unknown = decodeRow,
  ): Promise<Page<unknown>> {
    const query = [
      ...(filter === undefined ? [] : [`$filter=${encodeURIComponent(filter)}`]),
      `$top=${top}`,
      ...(select ? [`$select=${select.join(',')}`] : []),
      ...(from ? [`NextPartitionKey=${encodeURIComponent(from.partitionKey)}`] : []),
      ...(from?.rowKey === undefined ? [] : [`NextRowKey=${encodeURIComponent(from.rowKey)}`]),
    ];
    const answer = succeeded(
      await this.send({ method: 'GET', url: `${this.urls.table}()?${query.join('&')}`, signal }),
    );
    const partitionKey = answer.headers.get('x-ms-continuation-nextpartitionkey');
    const rowKey = answer.headers.get('x-ms-continuation-nextrowkey');
    const { value } = bodyOf(answer);
    if (!Array.isArray(value)) {
      throw new NoAnswerError('A page without rows');
    }
    return {
      rows: (value as readonly JsonRow[]).map(decode),
      end: partitionKey === undefined ? undefined : { partitionKey, rowKey },
    };
  }

  /** Creates a row. @returns its ETag. @throws RestError 409 when it exists */
  async create(row: Row, signal: AbortSignal): Promise<string> {
    const answer = await this.send({ method: 'POST', url: this.urls.table, row, signal });
    return etagOf(succeeded(answer));
  }

  /**
   * Writes a row: over the version `etag` names, or over whatever is there.
   * @returns the new ETag. @throws RestError 412 when it has changed, 404 when it is gone
   */
  async write(
    row: Row,
    how: { readonly mode: 'Merge' | 'Replace'; readonly etag?: string },
    signal: AbortSignal,
  ): Promise<string> {
    const url = this.urls.row(row.partitionKey, row.rowKey);
    const method = how.mode === 'Merge' ? 'PATCH' : 'PUT';
    return etagOf(succeeded(await this.send({ method, url, row, signal, etag: how.etag })));
  }

  /** @param etag `*` = whatever it is. @throws RestError 412 when it has changed, 404 when it is gone */
  async remove(
    { partitionKey, rowKey, etag }: { partitionKey: string; rowKey: string; etag: string },
    signal: AbortSignal,
  ): Promise<void> {
    succeeded(await this.send({ method: 'DELETE', url: this.urls.row(partitionKey, rowKey), signal, etag }));
  }

  /**
   * All of it or nothing, on one partition.
   * @returns the new ETag of each row, '' of a removed one. @throws RestError with the status of the action that failed
   */
  async transact(actions: readonly RowAction[], abortSignal: AbortSignal): Promise<readonly string[]> {
    const { contentType, body } = batchOf(actions, this.urls);
    const headers = createHttpHeaders({ ...HEADERS, 'content-type': contentType });
    const request = createPipelineRequest({
      method: 'POST',
      url: `${this.account}/$batch`,
      headers,
      body,
      abortSignal,
    });
    const answer = succeeded(await this.pipeline.sendRequest(this.transport, request));
    const text = answer.bodyAsText ?? '';
    const failure = failureIn(text);
    if (failure !== undefined) {
      const { status: statusCode, code } = failure;
      const message = `Table Storage answered ${statusCode} to a transaction`;
      throw new RestError(message, { statusCode, request, ...(code !== undefined && { code }) });
    }
    return etagsIn(text);
  }

  private async send(request: {
    readonly method: HttpMethods;
    readonly url: string;
    readonly signal: AbortSignal;
    readonly row?: Row;
    readonly etag?: string | undefined;
  }): Promise<PipelineResponse> {
    const { method, url, row, etag, signal: abortSignal } = request;
    const headers = createHttpHeaders(HEADERS);
    if (row !== undefined) {
      headers.set('content-type', 'application/json');
      headers.set('prefer', 'return-no-content');
    }
    if (etag !== undefined) {
      headers.set('if-match', etag);
    }
    const body = row && JSON.stringify(encodeRow(row));
    return this.pipeline.sendRequest(
      this.transport,
      createPipelineRequest({ method, url, headers, abortSignal, ...(body !== undefined && { body }) }),
    );
  }
}

const inUrl = (key: string): string => encodeURIComponent(key.replaceAll("'", "''"));

/** @throws NoAnswerError when it is no JSON object: something on the way answered (a proxy's page), not storage. */
function bodyOf({ bodyAsText }: PipelineResponse): Record<string, unknown> {
  try {
    return Object(JSON.parse(bodyAsText ?? '')) as Record<string, unknown>;
  } catch (error) {
    throw new NoAnswerError(error);
  }
}

function succeeded(answer: PipelineResponse): PipelineResponse {
  if (answer.status >= 200 && answer.status < 300) {
    return answer;
  }
  const { status: statusCode, request } = answer;
  const code = codeOf(answer);
  throw new RestError(`Table Storage answered ${statusCode}`, { statusCode, request, ...(code && { code }) });
}

function codeOf(answer: PipelineResponse): string | undefined {
  try {
    return (bodyOf(answer)['odata.error'] as { readonly code?: string } | undefined)?.code;
  } catch {
    return undefined;
  }
}

function etagOf({ headers }: PipelineResponse): string {
  const etag = headers.get('etag');
  if (etag === undefined) {
    throw new NoAnswerError('A write without an ETag');
  }
  return etag;
}
