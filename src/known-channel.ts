import type { BotStateStorage } from './adapters/storage/bot-state-storage';
import type { Channel } from './adapters/teams/messenger';

const KEY = 'deployment/channel';

/** Where this deployment's bot lives in Teams, learned from any activity and kept over restarts. */
export class KnownChannel {
  private known: Channel | undefined;

  constructor(private readonly state: BotStateStorage) {}

  learn(seen: Channel): void {
    if (JSON.stringify(seen) !== JSON.stringify(this.known)) {
      this.known = seen;
      // Failing to keep it costs nothing: the next activity tells again.
      this.state.write({ [KEY]: { ...seen, eTag: '*' } }).catch(() => undefined);
    }
  }

  async get(): Promise<Channel | undefined> {
    this.known ??= (await this.state.read([KEY]))[KEY] as Channel | undefined;
    return this.known;
  }
}
