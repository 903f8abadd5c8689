import { MemoryStorage, type Storage, type StoreItems } from 'botbuilder-core';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import { createTeamsEdge, type TeamsEdge } from '../../src/adapters/teams/create-teams-edge';
import type { TeamsSettings } from '../../src/adapters/teams/settings';
import type { TurnLogic, TurnReport, TurnRunnerDeps } from '../../src/adapters/teams/turn-runner';
import { createHttpServer, type HttpServer } from '../../src/http/server';

/** Storage refused: somebody else wrote first. */
export class Conflict extends Error {}
/** Storage did not answer. */
export class Down extends Error {}

/** The storage contract of the edge over botbuilder's memory: create-only without ETag, stale writes refused. */
export class EtagMemory implements Storage {
  readonly rows: Record<string, string>;
  /** Puts the new ETag on the written item, as our Table Storage does. */
  tellsETags = true;
  reads = 0;
  writes = 0;
  /** Called before each write; may write itself (an overtaking turn) or throw. */
  beforeWrite: ((key: string) => Promise<void> | void) | undefined;
  beforeRead: (() => Promise<void> | void) | undefined;
  private readonly inner: MemoryStorage;

  constructor(rows: Record<string, string> = {}) {
    this.rows = rows;
    this.inner = new MemoryStorage(rows);
  }

  async read(keys: string[]): Promise<StoreItems> {
    this.reads += 1;
    await this.beforeRead?.();
    return this.inner.read(keys);
  }

  async write(changes: StoreItems): Promise<void> {
    this.writes += 1;
    for (const [key, item] of Object.entries(changes) as [string, { eTag?: string }][]) {
      await this.beforeWrite?.(key);
      const stored = (await this.inner.read([key]))[key] as { eTag?: string } | undefined;
      if (stored?.eTag !== item.eTag) {
        throw new Conflict('stale');
      }
    }
    await this.inner.write(changes);
    if (this.tellsETags) {
      const written = await this.inner.read(Object.keys(changes));
      Object.entries(changes).forEach(([key, item]) =>
        Object.assign(item as object, { eTag: written[key].eTag as string }),
      );
    }
  }

  async delete(keys: string[]): Promise<void> {
    return this.inner.delete(keys);
  }
}

export interface EdgeUnderTest {
  readonly url: string;
  readonly edge: TeamsEdge;
  readonly server: HttpServer;
  readonly storage: EtagMemory;
  readonly reports: TurnReport[];
  readonly log: string[];
  close(): Promise<void>;
}

export interface EdgeOptions {
  readonly settings?: Partial<Omit<TeamsSettings, 'bot'>> & { readonly bot?: Partial<TeamsSettings['bot']> };
  readonly deps?: Partial<TurnRunnerDeps>;
  readonly storage?: EtagMemory;
  readonly isReady?: () => Promise<boolean>;
  readonly readyCacheMs?: number;
}

const NO_BOT: TeamsSettings['bot'] = {
  appId: undefined,
  appType: 'SingleTenant',
  tenantId: undefined,
  password: undefined,
  openIdMetadataUrl: undefined,
  tokenIssuer: undefined,
};

/** Echoes messages; every other activity is taken without a word. */
export const echo: TurnLogic = async (context) => {
  if (context.activity.type === 'message') {
    await context.sendActivity(`Echo: ${context.activity.text}`);
  }
};

/** Our edge and HTTP server in this process, on a free port. */
export async function startEdge(logic: TurnLogic = echo, options: EdgeOptions = {}): Promise<EdgeUnderTest> {
  const storage = options.storage ?? new EtagMemory();
  const reports: TurnReport[] = [];
  const log: string[] = [];
  const logger: Logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const settings = { production: false, serviceUrlHosts: [], ...options.settings };
  const edge = createTeamsEdge(
    { ...settings, bot: { ...NO_BOT, ...options.settings?.bot } },
    {
      storage,
      isConflict: (error) => error instanceof Conflict,
      isStorageDown: (error) => error instanceof Down,
      apology: (_activity, failure) => `Sorry: ${failure.kind}`,
      logger,
      onTurn: (report) => reports.push(report),
      ...options.deps,
    },
  );
  const server = createHttpServer({
    logger,
    registry: new Registry(),
    isReady: options.isReady ?? (async () => true),
    ...(options.readyCacheMs !== undefined && { readyCacheMs: options.readyCacheMs }),
    answerActivity: async (request) => edge.answer(request, logic),
  });
  const port = await server.listen(0, '127.0.0.1');
  const close = async (): Promise<void> => {
    await server.close(500);
    await edge.idle();
    await edge.close();
  };
  return { url: `http://127.0.0.1:${port}`, edge, server, storage, reports, log, close };
}
