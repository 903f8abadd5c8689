/**
 * Drives bots that are processes of their own with N conversations at a time and measures them from outside.
 * The connector that takes their replies runs here, as bare as possible.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

export interface Measure {
  readonly turns: number;
  readonly cpuMsPerTurn: number;
  readonly turnsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMb: number;
  readonly failures: number;
}

export interface BotProcess {
  readonly url: string;
  /** Milliseconds from spawn to listening. */
  readonly readyMs: number;
  cpuMs(): number;
  rssMb(): number;
  stop(): Promise<void>;
}

/** Answers every send at once; counts them. */
export class BareConnector {
  posts = 0;
  private readonly server: Server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      this.posts += 1;
      response.setHeader('content-type', 'application/json');
      response.statusCode = 201;
      response.end(`{"id":"${this.posts}"}`);
    });
  });

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
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  const readyMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return {
    url: `http://127.0.0.1:${port}`,
    readyMs,
    cpuMs: () => cpuMsOf(pid),
    rssMb: () => rssMbOf(pid),
    stop: async () => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill();
      await ended;
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
  /** The activity for a conversation's next turn, without ids and addresses. */
  readonly activity: (conversation: number, turn: number) => object;
}

const nameOf = (conversation: number): string => `a:bench-${conversation}`;
let count = 0;

/** Each conversation sends its next activity when the last was answered, until `turns` are done. */
export async function drive(bot: BotProcess, wanted: Drive): Promise<Measure> {
  const pool = new Pool(bot.url, { connections: wanted.conversations });
  const latencies: number[] = [];
  let failures = 0;
  let left = wanted.turns;
  const cpuBefore = bot.cpuMs();
  const started = performance.now();
  const talk = async (conversation: number): Promise<void> => {
    for (let turn = 0; left > 0; turn += 1) {
      left -= 1;
      const sent = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/api/messages',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activityFor(wanted, conversation, turn)),
      });
      await body.dump();
      latencies.push(performance.now() - sent);
      failures += statusCode === 200 ? 0 : 1;
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
  };
}

function activityFor(wanted: Drive, conversation: number, turn: number): object {
  count += 1;
  const name = nameOf(conversation);
  return {
    id: `f:bench-${count}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: wanted.serviceUrl,
    from: { id: `29:${name}`, name, aadObjectId: name },
    conversation: { conversationType: 'personal', id: name, tenantId: 'bench' },
    recipient: { id: '28:bot', name: 'FM Assistant' },
    locale: 'en-US',
    channelData: { tenant: { id: 'bench' } },
    ...wanted.activity(conversation, turn),
  };
}
