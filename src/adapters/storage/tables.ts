import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/core-auth';
import { RowRequests } from './row-requests';
import { Deadline } from './patience';
import { Table } from './table';
import { UndiciTransport, type RequestSeen } from './undici-transport';

/** Where the tables are; with an account name the process's own identity opens them. */
export type StorageLocation = { readonly connectionString: string } | { readonly account: string };

export interface TableOptions {
  /** Milliseconds one storage operation may take in all; answers to Teams are due within five seconds. */
  readonly budget?: number;
  readonly onRequest?: (seen: RequestSeen) => void;
  /** Put before every table name: several deployments, or tests, in one account. */
  readonly prefix?: string;
}

export const TABLE_NAMES = [
  'customers',
  'customerhints',
  'duereminders',
  'profiles',
  'botstate',
  'feedback',
  'deliveries',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export interface Tables {
  readonly table: Readonly<Record<TableName, Table>>;
  /** Creates what does not exist, once. */
  prepare(): Promise<void>;
  /** One request that finds nothing. @throws StorageUnavailableError when storage does not answer now. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_BUDGET = 4000;

/** A start is nobody's turn: storage that has only just been started may take its time. */
const START_BUDGET = 20_000;

/** The SDK's policies that cost CPU and do nothing for tables; its retries go because ours know the budget. */
const UNUSED_POLICIES = [
  'defaultRetryPolicy',
  'proxyPolicy',
  'decompressResponsePolicy',
  'wrapAbortSignalLikePolicy',
  'formDataPolicy',
  'multipartPolicy',
  'tracingPolicy',
  'redirectPolicy',
  'logPolicy',
  'userAgentPolicy',
];

/** Opens the tables of one account on one set of kept connections. Nothing is sent yet. */
export function openTables(location: StorageLocation, options: TableOptions = {}): Tables {
  const transport = new UndiciTransport(options.onRequest);
  const open = (name: TableName): Table => {
    const client = lean(clientFor(location, `${options.prefix ?? ''}${name}`, { httpClient: transport }));
    return new Table(client, new RowRequests(client, transport), options.budget ?? DEFAULT_BUDGET);
  };
  const table = {
    customers: open('customers'),
    customerhints: open('customerhints'),
    duereminders: open('duereminders'),
    profiles: open('profiles'),
    botstate: open('botstate'),
    feedback: open('feedback'),
    deliveries: open('deliveries'),
  };
  return {
    table,
    prepare: async () => {
      await Promise.all(Object.values(table).map(async (each) => each.prepare(new Deadline(START_BUDGET))));
    },
    ping: async () => {
      await table.botstate.get('ping', 'ping');
    },
    close: async () => transport.close(),
  };
}

function clientFor(location: StorageLocation, name: string, options: TableServiceClientOptions): TableClient {
  if ('account' in location) {
    return new TableClient(`https://${location.account}.table.core.windows.net`, name, ownIdentity, options);
  }
  // Plain HTTP is for the emulator; a connection string that names https never falls back to it.
  const insecure = /UseDevelopmentStorage=true|TableEndpoint=http:|EndpointsProtocol=http;/i;
  return TableClient.fromConnectionString(location.connectionString, name, {
    ...options,
    allowInsecureConnection: insecure.test(location.connectionString),
  });
}

function lean(client: TableClient): TableClient {
  for (const name of UNUSED_POLICIES) {
    client.pipeline.removePolicy({ name });
  }
  return client;
}

let identity: Promise<TokenCredential> | undefined;

/** `@azure/identity` takes 90 ms to load: only a process that signs in with its identity loads it. */
export const ownIdentity: TokenCredential = {
  getToken: async (scopes, options) => {
    identity ??= import('@azure/identity').then(({ DefaultAzureCredential }) => new DefaultAzureCredential());
    return (await identity).getToken(scopes, options);
  },
};
