import { setTimeout as pause } from 'node:timers/promises';
import { TeamsStandIn, type Json, type Person, type Turn } from '../../test/wire/teams-stand-in';
import { startFmAssistant } from '../bots';
import type { BotProcess } from '../drive';
import type { Dice } from './dice';

interface Instance {
  readonly teams: TeamsStandIn;
  /** Undefined while it is dead or starting. */
  bot: BotProcess | undefined;
  starting: Promise<void> | undefined;
}

/** What came of a press: the date is saved; something else was answered; nobody knows. */
export type Verdict = 'saved' | 'answered' | 'unknown';

const SAVED = 'Start date saved';
const STARTS = 20;

/** Instances on one storage, each a process of its own, behind something that sends nobody to a dead one. */
export class Fleet {
  kills = 0;
  private readonly instances: Instance[] = [];

  constructor(
    private readonly root: string,
    private readonly connectionString: string,
    private readonly leads: readonly string[],
  ) {}

  async start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const instance: Instance = { teams: await TeamsStandIn.start(), bot: undefined, starting: undefined };
      this.instances.push(instance);
      this.launch(instance);
    }
    await this.whole();
  }

  /** Somebody whom Teams knows wherever they write. */
  person(name: string, email: string): Person {
    const known = this.instances.map(({ teams }) => teams.person(name, { email, aadObjectId: `id-of-${name}` }));
    return known[0] as Person;
  }

  /** What a press comes to at one of the instances; undefined when its connection broke. */
  async press(
    dice: Dice,
    user: Person,
    press: { readonly verb: string; readonly data: object },
  ): Promise<Turn | undefined> {
    return unlessCut(this.any(dice).teams.pressCard(user, press.verb, press.data));
  }

  async say(dice: Dice, user: Person, text: string): Promise<void> {
    await unlessCut(this.any(dice).teams.sendMessage(user, text));
  }

  /** The address of one of the instances that are up. */
  url(dice: Dice): string {
    return this.any(dice).bot?.url ?? '';
  }

  /** Kills one with SIGKILL and starts it again, unless it is the last one. */
  async killOne(dice: Dice): Promise<void> {
    const instance = this.any(dice);
    const { bot } = instance;
    if (bot && this.up().length > 1) {
      instance.bot = undefined;
      this.kills += 1;
      await bot.stop('SIGKILL');
      this.launch(instance);
    }
  }

  /** Waits until every instance is up. */
  async whole(): Promise<void> {
    await Promise.all(this.instances.map(async ({ starting }) => starting));
  }

  /** What Teams has seen of earlier turns is looked at by nobody any more. */
  forgetCalls(): void {
    this.instances.forEach(({ teams }) => (teams.connector.calls.length = 0));
  }

  async close(): Promise<void> {
    await this.whole().catch(() => undefined);
    await Promise.all(this.instances.map(async ({ bot }) => bot?.stop()));
    await Promise.all(this.instances.map(async ({ teams }) => teams.close()));
  }

  private up(): Instance[] {
    return this.instances.filter(({ bot }) => bot !== undefined);
  }

  private any(dice: Dice): Instance {
    return dice.pick(this.up());
  }

  private launch(instance: Instance): void {
    instance.starting = this.started().then((bot) => {
      instance.teams.playAgainst(bot.url);
      instance.bot = bot;
    });
    // Told by whoever waits for the fleet to be whole.
    instance.starting.catch(() => undefined);
  }

  /** A start that storage fails ends with one sentence; whatever runs the bot starts it again. */
  private async started(): Promise<BotProcess> {
    const { root, connectionString, leads } = this;
    for (let tries = 1; ; tries += 1) {
      try {
        return await startFmAssistant({ root, connectionString }, [], { LEADS: leads.join(), LOG_LEVEL: 'fatal' });
      } catch (error) {
        if (tries === STARTS) {
          throw error;
        }
        await pause(100);
      }
    }
  }
}

const unlessCut = async (turn: Promise<Turn>): Promise<Turn | undefined> => turn.catch(() => undefined);

export const cardOf = (turn: Turn | undefined): Json =>
  turn?.status === 200 && turn.body?.statusCode === 200 ? (turn.cards.at(-1) ?? turn.body?.value) : undefined;

/** The words of an answer whose card says whether a date is saved. */
export function verdictOf(turn: Turn | undefined): Verdict {
  const card = cardOf(turn);
  return card === undefined ? 'unknown' : JSON.stringify(card).includes(SAVED) ? 'saved' : 'answered';
}
