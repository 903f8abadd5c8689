import { randomUUID } from 'node:crypto';
import { TurnContext, type Activity, type Storage } from 'botbuilder-core';
import type { Logger } from 'pino';
import { knownActivity } from './activity-shape';
import { ConnectorError } from './connector-error';
import { Outbox } from './outbox';
import { stateKeyOf } from './state-key';
import { turnKeyOf } from './recent-turns';
import { isInvoke, tellFailure, type Apology, type TurnFailure } from './turn-failure';
import { AlreadyAnswered, StoredTurnState, type TurnState } from './turn-state';

/** The bot: may be run again on fresh state, so it must not change `context.activity` nor act outside ports. */
export type TurnLogic = (context: TurnContext, state: TurnState) => Promise<void>;

export const TURN_OUTCOMES = [
  'answered',
  'again',
  'unsent',
  'storage',
  'conflict',
  'slow',
  'busy',
  'unexpected',
] as const;
export type TurnOutcome = (typeof TURN_OUTCOMES)[number];

/** What is known about a finished turn, for metrics. */
export interface TurnReport {
  /** As known (`knownActivity`). */
  readonly type: string;
  readonly name: string | undefined;
  readonly outcome: TurnOutcome;
  readonly milliseconds: number;
  /** Runs beyond the first, caused by state conflicts. */
  readonly reruns: number;
}

export interface TurnRunnerDeps {
  /** Where the state is. Writes carry the ETag that was read, none for a new row: a stale or second-first write must throw. */
  readonly storage: Storage;
  readonly isConflict: (error: unknown) => boolean;
  readonly isStorageDown: (error: unknown) => boolean;
  readonly apology: Apology;
  readonly logger: Logger;
  readonly onTurn?: (report: TurnReport) => void;
  /** Milliseconds after which a turn is answered although it still runs. */
  readonly deadlineMs?: number;
  /** Turns that may run at the same time; one more is told that we are busy, which costs next to nothing. */
  readonly mostTurns?: number;
}

/** Under this key `context.turnState` holds the turn's correlation id. */
export const CORRELATION_ID = Symbol('correlationId');

const MAX_RUNS = 4;
const DEADLINE_MS = 4500;
/** More would only wait for one another beyond the deadline: even a starved process answers forty a second. */
export const MOST_TURNS = 150;

interface Turn {
  readonly context: TurnContext;
  readonly logic: TurnLogic;
  readonly correlationId: string;
  reruns: number;
  /** The state is saved and messages are leaving: whatever is late now is Teams, not us. */
  isSending: boolean;
}

/**
 * Runs turns so that what a turn says leaves only after its state is saved; a turn overtaken by another one is run
 * again on fresh state and has said nothing before.
 */
export class TurnRunner {
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly deps: TurnRunnerDeps) {}

  /** Answers one turn; never rejects. Invoke answers are left on `context`. */
  async run(context: TurnContext, logic: TurnLogic): Promise<void> {
    const started = performance.now();
    const turn: Turn = { context, logic, correlationId: randomUUID(), reruns: 0, isSending: false };
    if (this.running.size >= (this.deps.mostTurns ?? MOST_TURNS)) {
      this.report(turn, await this.fail(turn, 'busy'), started);
      return;
    }
    const work = this.complete(turn);
    this.running.add(work);
    const done = work.then((outcome) => {
      this.running.delete(work);
      this.report(turn, outcome, started);
    });
    if (!(await isDoneWithin(done, this.deps.deadlineMs ?? DEADLINE_MS)) && !turn.isSending) {
      await this.fail(turn, 'slow');
    }
  }

  /** Turns that somebody is waiting for. */
  get underWay(): number {
    return this.running.size;
  }

  /** Resolves when no turn is running, also those answered before they were done. */
  async idle(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.allSettled([...this.running]);
    }
  }

  private async complete(turn: Turn): Promise<TurnOutcome> {
    try {
      for (let run = 1; run <= MAX_RUNS; run += 1) {
        turn.reruns = run - 1;
        const outcome = await this.runOnce(turn);
        if (outcome !== 'overtaken') {
          return outcome;
        }
      }
      return await this.fail(turn, 'conflict');
    } catch (error) {
      return this.fail(turn, this.deps.isStorageDown(error) ? 'storage' : 'unexpected', error);
    }
  }

  private async runOnce(turn: Turn): Promise<TurnOutcome | 'overtaken'> {
    const { context } = turn;
    const outbox = new Outbox();
    const state = this.stateFor(context.activity);
    try {
      await turn.logic(runContext(turn, outbox), state);
      await state.save();
    } catch (error) {
      if (error instanceof AlreadyAnswered) {
        return 'again';
      }
      if (this.deps.isConflict(error)) {
        return 'overtaken';
      }
      throw error;
    }
    return this.send(turn, outbox, state);
  }

  private stateFor(activity: Activity): StoredTurnState {
    // A card press is protected by its one-time token and needs an answer each time it comes.
    const turnKey = isInvoke(activity) ? undefined : turnKeyOf(activity);
    return new StoredTurnState({ storage: this.deps.storage, key: stateKeyOf(activity), turnKey });
  }

  private async send(turn: Turn, outbox: Outbox, state: StoredTurnState): Promise<TurnOutcome> {
    let outcome: TurnOutcome = 'answered';
    turn.isSending = true;
    try {
      await outbox.flush(turn.context);
    } catch (error) {
      outcome = 'unsent';
      this.logSendFailure(turn, error);
    }
    if (state.hooks.length > 0) {
      await this.runHooks(turn, outbox, state);
    }
    return outcome;
  }

  private async runHooks(turn: Turn, outbox: Outbox, state: StoredTurnState): Promise<void> {
    try {
      for (const hook of state.hooks) {
        await hook(outbox.idOf);
      }
      await state.save();
    } catch (error) {
      this.deps.logger.warn({ turn: turn.correlationId, error: nameOf(error) }, 'turn.after-send-lost');
    }
  }

  private async fail(turn: Turn, kind: TurnFailure['kind'], error?: unknown): Promise<TurnOutcome> {
    const { correlationId } = turn;
    const level = kind === 'unexpected' ? 'error' : 'warn';
    this.deps.logger[level]({ turn: correlationId, kind, ...describe(error) }, 'turn.failed');
    try {
      await tellFailure(turn.context, { kind, correlationId }, this.deps.apology);
    } catch (sendError) {
      this.logSendFailure(turn, sendError);
    }
    return kind;
  }

  private logSendFailure(turn: Turn, error: unknown): void {
    const codes =
      error instanceof ConnectorError
        ? { status: error.status, code: error.code, subCode: error.subCode, ambiguous: error.ambiguous }
        : describe(error);
    this.deps.logger.warn({ turn: turn.correlationId, ...codes }, 'turn.send-failed');
  }

  private report(turn: Turn, outcome: TurnOutcome, started: number): void {
    const { name } = turn.context.activity;
    const type = knownActivity(turn.context.activity.type);
    const milliseconds = performance.now() - started;
    const ms = Math.round(milliseconds * 10) / 10;
    this.deps.logger.info({ turn: turn.correlationId, type, outcome, ms, reruns: turn.reruns }, 'turn.done');
    this.deps.onTurn?.({ type, name, outcome, milliseconds, reruns: turn.reruns });
  }
}

/** A context of its own for each run: what an overtaken run left behind is gone with it. */
function runContext(turn: Turn, outbox: Outbox): TurnContext {
  const context = new TurnContext(turn.context.adapter, turn.context.activity);
  for (const [key, value] of turn.context.turnState) {
    context.turnState.set(key, value);
  }
  context.turnState.set(CORRELATION_ID, turn.correlationId);
  outbox.catchFrom(context);
  return context;
}

async function isDoneWithin(done: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([done.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Name, code and stack, never the message: it may quote what a customer or user wrote. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) {
    return error === undefined ? {} : { error: typeof error };
  }
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
  return { error: error.name, code: (error as { code?: unknown }).code, stack };
}
