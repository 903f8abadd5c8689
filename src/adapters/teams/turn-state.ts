import type { Storage, StoreItem } from 'botbuilder-core';

/** Called with the ids Teams gave: pass what `context.sendActivity` returned as id. Undefined = it was not sent. */
export type AfterSend = (idOf: (placeholder: string) => string | undefined) => void | Promise<void>;

/** The state of one person in one conversation, as a turn's logic sees it. */
export interface TurnState {
  /** Read when first asked for, at most once per run. The object may be changed in place. */
  get<T extends object>(): Promise<T | undefined>;
  /** Replaces the state; undefined ends it. */
  set(value: object | undefined): void;
  /**
   * Runs after the turn's messages have left, to learn their ids. Changes it makes to the state are written
   * best effort: lost if another turn was faster or storage fails.
   */
  afterSend(hook: AfterSend): void;
}

/** Thrown by `get` when the state says that this very activity was answered before; the runner catches it. */
export class AlreadyAnswered extends Error {
  readonly code = 'ALREADY_ANSWERED';
}

interface StoredState extends StoreItem {
  data?: object;
  /** Keys of the last activities answered with this state, the newest last. */
  answered?: string[];
}

const REMEMBERED = 8;
const serialised = (value: object | undefined): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value);

export interface StatePlace {
  readonly storage: Storage;
  readonly key: string;
  /** Key of the activity being answered; undefined = it cannot be recognised when it comes again. */
  readonly turnKey: string | undefined;
}

/** One run's view of the stored state: lazy, compared before it is written, written with the ETag it was read with. */
export class StoredTurnState implements TurnState {
  readonly hooks: AfterSend[] = [];
  private item: Promise<StoredState | undefined> | undefined;
  private eTag: string | undefined;
  private answered: readonly string[] = [];
  private before: string | undefined;
  private value: object | undefined;
  private isSet = false;
  /** We wrote the row and were not told its new ETag. */
  private isETagUnknown = false;

  constructor(private readonly place: StatePlace) {}

  async get<T extends object>(): Promise<T | undefined> {
    await this.load();
    return this.value as T | undefined;
  }

  set(value: object | undefined): void {
    this.value = value;
    this.isSet = true;
  }

  afterSend(hook: AfterSend): void {
    this.hooks.push(hook);
  }

  /** Writes the state if the run changed it. @returns whether it was written. @throws the storage's conflict error */
  async save(): Promise<boolean> {
    if (this.item === undefined && !this.isSet) {
      return false;
    }
    await this.load();
    const now = serialised(this.value);
    if (now === this.before) {
      return false;
    }
    await this.write();
    this.before = now;
    return true;
  }

  private async load(): Promise<void> {
    this.item ??= this.read();
    await this.item;
  }

  private async read(): Promise<StoredState | undefined> {
    const { storage, key, turnKey } = this.place;
    const items = (await storage.read([key])) as Readonly<Record<string, StoredState | undefined>>;
    const item = items[key];
    this.eTag = item?.eTag;
    this.answered = item?.answered ?? [];
    if (turnKey !== undefined && this.answered.includes(turnKey)) {
      throw new AlreadyAnswered('This activity was answered before');
    }
    this.before = serialised(item?.data);
    if (!this.isSet) {
      this.value = item?.data;
    }
    return item;
  }

  private async write(): Promise<void> {
    const { storage, key, turnKey } = this.place;
    if (this.isETagUnknown) {
      await this.learnETag();
    }
    const fresh = turnKey === undefined || this.answered.includes(turnKey) ? [] : [turnKey];
    const answered = [...this.answered, ...fresh].slice(-REMEMBERED);
    const item: StoredState = { data: this.value, answered };
    if (this.eTag !== undefined) {
      item.eTag = this.eTag;
    }
    await storage.write({ [key]: item });
    this.answered = answered;
    // A storage that tells the new ETag on the item saves the read before a second write.
    this.isETagUnknown = item.eTag === this.eTag;
    this.eTag = item.eTag;
  }

  private async learnETag(): Promise<void> {
    const { storage, key } = this.place;
    const items = (await storage.read([key])) as Readonly<Record<string, StoredState | undefined>>;
    if (serialised(items[key]?.data) !== this.before) {
      throw new Error('Another turn has changed the state since');
    }
    this.eTag = items[key]?.eTag;
  }
}
