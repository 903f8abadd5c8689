import { randomUUID } from 'node:crypto';
import { ConnectorStandIn, type ConnectorCall, type Json, type Person } from './connector-stand-in';

export { type CallKind, type ConnectorCall, type Fault, type Json, type Person } from './connector-stand-in';

/** What the bot answered to one activity, and what it sent to that conversation meanwhile. */
export interface Turn {
  readonly status: number;
  /** The parsed JSON answer; undefined when there is none. */
  readonly body: Json;
  readonly contentType: string | null;
  readonly calls: readonly ConnectorCall[];
  /** The texts among them. */
  readonly texts: readonly string[];
  /** The Adaptive Cards among them. */
  readonly cards: Json[];
}

export interface TeamsOptions {
  /** The bot's base address, for example http://127.0.0.1:3978. */
  readonly botUrl: string;
  /** The bearer token for each request; undefined = none. */
  readonly token?: (() => string) | undefined;
  readonly tenantId?: string;
}

export type ActivityFields = Readonly<Record<string, unknown>>;

const CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * Plays Teams over HTTP: people write and press, the connector records what the bot sends.
 * `botUrl` may be set later (`playAgainst`), because the bot may need the service URL first.
 */
export class TeamsStandIn {
  readonly connector = new ConnectorStandIn();
  readonly tenantId: string;
  private options: TeamsOptions;
  private count = 0;

  private constructor(options: TeamsOptions) {
    this.options = options;
    this.tenantId = options.tenantId ?? '11111111-1111-4111-8111-111111111111';
  }

  static async start(options: TeamsOptions = { botUrl: '' }): Promise<TeamsStandIn> {
    const teams = new TeamsStandIn(options);
    await teams.connector.start();
    return teams;
  }

  get serviceUrl(): string {
    return this.connector.serviceUrl;
  }

  playAgainst(botUrl: string, token?: () => string): void {
    this.options = { ...this.options, botUrl, token };
  }

  /** A person of the tenant, known to the roster. */
  person(name: string, more: Partial<Person> = {}): Person {
    const person: Person = {
      id: `29:${name.toLowerCase().replaceAll(' ', '-')}`,
      name,
      aadObjectId: randomUUID(),
      email: `${name.toLowerCase().replaceAll(' ', '.')}@contoso.com`,
      locale: 'en-US',
      timeZone: 'Europe/Berlin',
      ...more,
    };
    this.connector.people.set(person.id, person);
    return person;
  }

  /** The one-on-one chat's conversation id of a person. */
  chatOf(person: Person): string {
    return `a:chat-${person.id}`;
  }

  async sendMessage(person: Person, text: string, fields: ActivityFields = {}): Promise<Turn> {
    return this.post(this.activity(person, { type: 'message', text, textFormat: 'plain', ...fields }));
  }

  /** An `Action.Execute` of a card; `fields` may carry `replyToId`, the card's message. */
  async pressCard(person: Person, verb: string, data: object = {}, fields: ActivityFields = {}): Promise<Turn> {
    const value = { action: { type: 'Action.Execute', id: verb, verb, data }, trigger: 'manual' };
    return this.post(this.activity(person, { type: 'invoke', name: 'adaptiveCard/action', value, ...fields }));
  }

  /** An `Action.Submit` of a card, as old clients send it. */
  async submitCard(person: Person, data: object, fields: ActivityFields = {}): Promise<Turn> {
    return this.post(this.activity(person, { type: 'message', value: data, ...fields }));
  }

  async installationUpdate(person: Person, action: 'add' | 'remove' = 'add'): Promise<Turn> {
    return this.post(this.activity(person, { type: 'installationUpdate', action }));
  }

  /** The activity Teams would send for a person's one-on-one chat. */
  activity(person: Person, fields: ActivityFields): Json {
    this.count += 1;
    const timestamp = new Date().toISOString();
    return {
      id: `f:${this.count}-${randomUUID()}`,
      timestamp,
      localTimestamp: timestamp,
      localTimezone: person.timeZone,
      channelId: 'msteams',
      serviceUrl: this.serviceUrl,
      from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
      conversation: { conversationType: 'personal', tenantId: this.tenantId, id: this.chatOf(person) },
      recipient: { id: '28:bot', name: 'FM Assistant' },
      locale: person.locale,
      entities: [{ type: 'clientInfo', locale: person.locale, platform: 'Web', timezone: person.timeZone }],
      channelData: { tenant: { id: this.tenantId } },
      ...fields,
    };
  }

  /** Delivers an activity as it is. */
  async post(activity: Json): Promise<Turn> {
    return this.postRaw(JSON.stringify(activity), activity.conversation?.id as string | undefined);
  }

  /** Delivers any body; `headers` replace those Teams would send. */
  async postRaw(
    body: string | Uint8Array<ArrayBuffer>,
    conversationId?: string,
    headers?: Record<string, string>,
  ): Promise<Turn> {
    const from = this.connector.calls.length;
    const token = this.options.token?.();
    const response = await fetch(`${this.options.botUrl}/api/messages`, {
      method: 'POST',
      headers: headers ?? {
        'content-type': 'application/json; charset=utf-8',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body,
    });
    const text = await response.text();
    const calls = this.connector.calls.slice(from).filter((call) => call.conversationId === conversationId);
    return turnOf(response, text, calls);
  }

  async close(): Promise<void> {
    await this.connector.close();
  }
}

function turnOf(response: Response, text: string, calls: readonly ConnectorCall[]): Turn {
  const shown = calls.filter((call) => call.status >= 200 && call.status < 300);
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: text === '' ? undefined : JSON.parse(text),
    calls,
    texts: shown.map((call) => call.body.text as unknown).filter((one): one is string => typeof one === 'string'),
    cards: shown.flatMap((call) => cardsOf(call) as object[]),
  };
}

function cardsOf(call: ConnectorCall): Json[] {
  const attachments = (call.body.attachments ?? []) as { contentType: string; content: object }[];
  return attachments.filter(({ contentType }) => contentType === CARD).map(({ content }) => content);
}
