import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface SwarmBots {
  /** The project's folder, in which `dist/main.js` is built. */
  readonly root: string;
  readonly connectionString: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How far each instance's clock is off, in milliseconds; 0 where nothing is said. */
  readonly skewMs?: readonly number[];
}

/** A process with another idea of the time: `node --import` reads it before anything else looks at the clock. */
const skewed = (milliseconds: number): string =>
  `data:text/javascript,${encodeURIComponent(
    `const Real = Date, now = () => Real.now() + ${milliseconds};
     globalThis.Date = class extends Real {
       constructor(...given) { given.length === 0 ? super(now()) : super(...given); }
       static now() { return now(); }
     };`,
  )}`;

/** Real bots on one storage, and what they logged about messages whose fate was unknown to whoever found them. */
export class Bots {
  /** Digests that another delivery found with nothing known but that their POST was about to be made. */
  readonly foundUnknown = new Set<string>();
  private readonly running: ChildProcess[] = [];

  constructor(private readonly of: SwarmBots) {}

  start(index: number): void {
    const { root, connectionString, env, skewMs = [] } = this.of;
    const skew = skewMs[index] ?? 0;
    const flags = skew === 0 ? [] : ['--import', skewed(skew)];
    const child = spawn(process.execPath, [...flags, join(root, 'dist', 'main.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        PORT: '0',
        SAMPLE_DATA: 'off',
        LOG_LEVEL: 'warn',
        AZURE_STORAGE_CONNECTION_STRING: connectionString,
        REMINDER_LOCAL_TIME: 'now',
        REMINDER_SWEEP_SECONDS: '1',
        ...env,
      },
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const [, digest = ''] of text.matchAll(/"digest":"([^"]+)","msg":"reminders.outcome-unknown"/g)) {
        this.foundUnknown.add(digest);
      }
    });
    this.running[index] = child;
  }

  async kill(index: number): Promise<void> {
    const bot = this.running[index];
    if (bot && bot.exitCode === null && bot.signalCode === null) {
      const over = new Promise((resolve) => bot.once('exit', resolve));
      bot.kill('SIGKILL');
      await over;
    }
  }

  freeze(index: number): void {
    this.running[index]?.kill('SIGSTOP');
  }

  thaw(index: number): void {
    this.running[index]?.kill('SIGCONT');
  }

  async killAll(): Promise<void> {
    await Promise.all(this.running.map(async (_bot, index) => this.kill(index)));
  }
}
