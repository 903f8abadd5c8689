/**
 * Drives bots that are processes of their own with N conversations at a time and measures them from outside.
 * The connector that takes their replies runs here, as bare as possible.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { freePort } from '../test/free-port';
import { PATIENCE_MS } from '../test/patience';

export interface Measure {
  readonly turns: number;
  readonly cpuMsPerTurn: number;
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMb: number;
  readonly failures: number;
  /** Why the last of them failed. */
  readonly lastFailure: string;
}

export interface BotProcess {
  readonly url: string;
  /** Milliseconds from spawn to listening. */
  readonly readyMs: number;
  cpuMs(): number;
  rssMb(): number;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Answers every send at once, and counts them; tells an address for everybody asked for. */
export class BareConnector {
  posts = 0;
  /** Called with the messages the bot sent and where, if anybody looks; what it updates is no message. */
  onSent: ((body: string, path: string) => void) | undefined;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => this.onSent && chunks.push(chunk));
    request.once('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.method === 'GET') {
        response.end(JSON.stringify({ id: 'member', email: this.addressOf(request.url ?? '') }));
        return;
      }
      this.posts += 1;
      response.statusCode = 201;
      response.end(`{"id":"${this.posts}"}`);
      if (request.method === 'POST') {
        this.onSent?.(Buffer.concat(chunks).toString(), request.url ?? '');
      }
    });
  });

  /** @param addressOf the address of a person, from the roster request's path. */
  constructor(private readonly addressOf: (path: string) => string = () => 'alex@example.com') {}

  async start(): Promise<string> {
    this.server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/emea/`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

/** Clock ticks of user and system time of a process and its threads, from /proc (100 a second on Linux). */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const rssMbOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** Starts a bundled bot that prints `listening <port>`. */
export async function startBot(script: string, env: NodeJS.ProcessEnv = {}): Promise<BotProcess> {
  const started = performance.now();
  const child = spawnNode([script], { PORT: '0', ...env });
  const port = await portOf(child);
  return botProcess(child, `http://127.0.0.1:${port}`, performance.now() - started);
}

/** Starts a bot on a port of its own; it is ready when `path` is answered with `status`. */
export async function startBotAt(
  args: readonly string[],
  ready: { readonly path: string; readonly status: number },
  env: NodeJS.ProcessEnv = {},
): Promise<BotProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawnNode(args, { ...env, PORT: String(port) });
  while ((await statusOf(`${url}${ready.path}`)) !== ready.status) {
    if (child.exitCode !== null || performance.now() - started > PATIENCE_MS) {
      child.kill();
      throw new Error(`${args.join(' ')} did not become ready (exit code ${child.exitCode})`);
    }
    await sleep(5);
  }
  return botProcess(child, url, performance.now() - started);
}

const statusOf = async (url: string): Promise<number | undefined> =>
  fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => undefined,
  );

function spawnNode(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
}

function botProcess(child: ChildProcess, url: string, readyMs: number): BotProcess {
  const pid = child.pid ?? 0;
  child.stdout?.resume();
  child.once('exit', (code, signal) => {
    if (!child.killed && code !== 0) {
      console.error(`${child.spawnargs.join(' ')} ended: ${signal ?? `exit code ${code}`}`);
    }
  });
  return {
    url,
    readyMs,
    cpuMs: () => cpuMsOf(pid),
    rssMb: () => rssMbOf(pid),
    stop: async (signal) => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      // One that has ended by itself has nothing to wait for.
      await (child.kill(signal) ? ended : undefined);
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  let text = '';
  return new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The bot ended with ${code} before it listened`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-10_000);
      const port = /listening (\d+)/.exec(text)?.[1];
      if (port !== undefined) {
        resolve(Number(port));
      }
    });
  });
}

export interface Drive {
  readonly serviceUrl: string;
  readonly conversations: number;
  readonly turns: number;
  /** Ends it earlier, `turns` done or not. */
  readonly milliseconds?: number;
  /** The activity for a conversation's next turn, without ids and addresses. */
  readonly activity: (conversation: number, turn: number) => object;
  /** What the answer to each request must contain; anything else counts as a failure. */
  readonly answerHas?: string;
}

/** The person and the chat of a conversation. */
export const nameOf = (conversation: number): string => `a:bench-${conversation}`;
let count = 0;

/** Each conversation sends its next activity when the last was answered, until `turns` are done. */
export async function drive(bot: BotProcess, wanted: Drive): Promise<Measure> {
  const pool = new Pool(bot.url, { connections: wanted.conversations });
  const latencies: number[] = [];
  let failures = 0;
  let lastFailure = '';
  let left = wanted.turns;
  const end = performance.now() + (wanted.milliseconds ?? Infinity);
  const cpuBefore = bot.cpuMs();
  const started = performance.now();
  const talk = async (conversation: number): Promise<void> => {
    for (let turn = 0; left > 0 && performance.now() < end; turn += 1) {
      left -= 1;
      const sent = performance.now();
      const answer = await answerTo(pool, activityFor(wanted, conversation, turn));
      latencies.push(performance.now() - sent);
      if (answer.status !== 200 || !answer.text.includes(wanted.answerHas ?? '')) {
        failures += 1;
        lastFailure = `${answer.status} ${answer.text.slice(0, 2000)}`;
      }
    }
  };
  await Promise.all(Array.from({ length: wanted.conversations }, async (_, conversation) => talk(conversation)));
  const elapsed = performance.now() - started;
  const cpu = bot.cpuMs() - cpuBefore;
  await pool.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    turns: latencies.length,
    cpuMsPerTurn: cpu / latencies.length,
    turnsPerSecond: (latencies.length / elapsed) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    rssMb: bot.rssMb(),
    failures,
    lastFailure,
  };
}

/** A request that fails has status 0 and the error's code as text. */
async function answerTo(pool: Pool, activity: object): Promise<{ status: number; text: string }> {
  try {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/api/messages',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return { status: statusCode, text: await body.text() };
  } catch (error) {
    return { status: 0, text: String(error) };
  }
}

function activityFor(wanted: Drive, conversation: number, turn: number): object {
  count += 1;
  const name = nameOf(conversation);
  const timestamp = new Date().toISOString();
  return {
    id: `f:bench-${count}`,
    timestamp,
    localTimestamp: timestamp,
    localTimezone: 'Europe/Berlin',
    channelId: 'msteams',
    serviceUrl: wanted.serviceUrl,
    from: { id: `29:${name}`, name, aadObjectId: name },
    conversation: { conversationType: 'personal', id: name, tenantId: 'bench' },
    recipient: { id: '28:bot', name: 'FM Assistant' },
    locale: 'en-US',
    entities: [{ type: 'clientInfo', locale: 'en-US', platform: 'Web', timezone: 'Europe/Berlin' }],
    channelData: { tenant: { id: 'bench' } },
    ...wanted.activity(conversation, turn),
  };
}
