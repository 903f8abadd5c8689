import type { Clock } from '../ports/clock';
import type { Customers } from '../ports/customers';
import type { Feedback } from '../ports/feedback';
import type { ReminderQueue } from '../ports/reminder-queue';
import type { TableCopies } from '../ports/table-copies';
import type { ForgetStores } from './forget-command';
import type { ReminderStores } from './reminders-command';
import type { Planning } from '../usecases/plan-reminders';

/** Storage as commands need it; `close` before the process ends. */
export interface CliStores extends Planning {
  readonly customers: Customers;
  readonly clock: Clock;
  readonly feedback: Feedback;
  readonly queue: Pick<ReminderQueue, 'put'>;
  close(): Promise<void>;
}

/** Storage as backup and restore need it; `close` before the process ends. */
export interface CopiesStores {
  readonly copies: TableCopies;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** What a command finds around it. */
export interface CliContext {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
  /** Opens storage; only commands that need it do. */
  openStores(): Promise<CliStores>;
  /** Storage with what reminders need. */
  openReminders(): Promise<ReminderStores>;
  /** Storage as rows, whatever they mean. */
  openCopies(): Promise<CopiesStores>;
  /** Storage with everything that may name a person. */
  openForgetting(): Promise<ForgetStores>;
  /** Settings of `package`, from the environment. */
  packageSettings(): { readonly appId: string | undefined; readonly version: string; readonly folder: string };
}

/** Writes one line to standard output and waits while its reader is slow. */
export async function print(out: NodeJS.WritableStream, line: string): Promise<void> {
  await new Promise<void>((done, failed) => {
    out.write(`${line}\n`, (error) => (error ? failed(error) : done()));
  });
}

/** Runs `work` with storage and closes it whatever happens. */
export async function withStores<T>(context: CliContext, work: (stores: CliStores) => Promise<T>): Promise<T> {
  const stores = await context.openStores();
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}
