import type { Clock } from '../../ports/clock';
import type { CustomerIndex, CustomerSummary } from '../../ports/customer-index';
import type { Customers } from '../../ports/customers';
import type { Deliveries } from '../../ports/deliveries';
import type { QueueMarks } from '../../ports/queue-marks';
import type { SharedPace } from '../../ports/shared-pace';
import type { TableCopies } from '../../ports/table-copies';
import type { DueIndex } from '../../ports/due-index';
import type { Feedback } from '../../ports/feedback';
import type { PersonalData } from '../../ports/personal-data';
import type { Profiles } from '../../ports/profiles';
import { Background } from './background';
import { BotStateStorage } from './bot-state-storage';
import { CustomerIndexTable } from './customer-index-table';
import { summaryOf } from './customer-summary';
import { CustomersTable } from './customers-table';
import { DeliveriesTable, PaceRow } from './deliveries-table';
import { DueTable } from './due-table';
import { EarlierNames } from './earlier-names';
import { FeedbackTable } from './feedback-table';
import { HintTable } from './hint-table';
import { HintWriter } from './hint-writer';
import { PersonalRows } from './personal-rows';
import { ProfilesTable } from './profiles-table';
import { QueueMarksTable } from './queue-marks-table';
import { AllTables } from './table-copies';
import type { Tables } from './tables';

/** How many rows of each kind have been removed. */
export interface Removed {
  readonly states: number;
  readonly digests: number;
  readonly questions: number;
}

/** Everything kept in Table Storage, behind the ports. */
export interface Storage {
  readonly customers: Customers;
  readonly index: CustomerIndex;
  readonly due: DueIndex;
  readonly profiles: Profiles;
  readonly feedback: Feedback;
  readonly botState: BotStateStorage;
  readonly deliveries: Deliveries;
  readonly marks: QueueMarks;
  readonly pace: SharedPace;
  readonly copies: TableCopies;
  readonly personal: PersonalData;
  /** Removes what is kept for a time only; reads what its day has come for. */
  removeExpired(): Promise<Removed>;
  /** Looks through whole tables for what an earlier release kept without a hint of when to look at it. */
  hintEarlier(stopping: AbortSignal): Promise<void>;
  /** Moves names from where earlier versions kept them; a request when there are none. @returns the rows moved. */
  moveNames(stopping: AbortSignal): Promise<number>;
  /** Resolves when index writes nobody waited for have ended; call before `close`. */
  flush(): Promise<void>;
  /** Flushes and ends the connections. */
  close(): Promise<void>;
}

export interface StorageDependencies {
  readonly tables: Tables;
  readonly clock: Clock;
  /** Told of index writes that failed, and of index rows that cannot be read: a log line is all it needs. */
  readonly onBackgroundError: (error: unknown) => void;
}

/** Puts the adapters together; nothing is sent yet. */
export function createStorage({ tables, clock, onBackgroundError }: StorageDependencies): Storage {
  const { table } = tables;
  const background = new Background(onBackgroundError);
  const due = new DueTable(table.duereminders, clock, onBackgroundError);
  const truthOf = async (customerId: string): Promise<CustomerSummary | undefined> => {
    const file = await customers.load(customerId);
    return file && summaryOf(file);
  };
  const hints: HintTable = new HintTable(table.customerhints, { clock, background, truthOf });
  const addNames = async (customerId: string): Promise<void> => hints.addNames(customerId);
  const earlierNames = new EarlierNames(table.customerhints, { clock, truthOf, addNames });
  const customers: CustomersTable = new CustomersTable(table.customers, new HintWriter({ hints, due }, background));
  const reindex = async (customerId: string): Promise<void> => {
    await customers.reindex(customerId);
    await background.flush();
  };
  const botState = new BotStateStorage(table.botstate, clock);
  const deliveries = new DeliveriesTable(table.deliveries, clock, background);
  const feedback = new FeedbackTable(table.feedback);
  return {
    customers,
    index: new CustomerIndexTable(hints, earlierNames),
    due,
    profiles: new ProfilesTable(table.profiles, clock),
    feedback,
    botState,
    deliveries,
    marks: new QueueMarksTable(table.deliveries),
    pace: new PaceRow(table.deliveries),
    copies: new AllTables(tables, { allIds: () => customers.allIds(), reindex }),
    personal: new PersonalRows(tables, reindex),
    removeExpired: async () => ({
      states: await botState.removeExpired(),
      digests: await deliveries.removeExpired(),
      questions: await feedback.removeExpired(clock.now()),
    }),
    hintEarlier: async (stopping) => {
      await Promise.all([botState.hintEarlier(stopping), deliveries.hintEarlier(stopping)]);
    },
    moveNames: async (stopping) => earlierNames.move(stopping),
    flush: async () => background.flush(),
    close: async () => {
      await background.flush();
      await tables.close();
    },
  };
}
