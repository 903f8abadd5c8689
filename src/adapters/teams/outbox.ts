import type { TurnContext } from 'botbuilder-core';
import {
  ActivityTypes,
  INVOKE_RESPONSE_KEY,
  type Activity,
  type ConversationReference,
  type ResourceResponse,
} from 'botbuilder-core';
import { ConnectorError } from './connector-error';

type Outgoing =
  | { readonly kind: 'send'; readonly activity: Partial<Activity>; readonly placeholder: string | undefined }
  | { readonly kind: 'update'; readonly activity: Partial<Activity> }
  | { readonly kind: 'delete'; readonly reference: Partial<ConversationReference> };

const PLACEHOLDER = 'pending:';
const NEVER_SENT: ReadonlySet<string | undefined> = new Set([ActivityTypes.Trace, 'delay']);

/**
 * What a run wants to say, held back until its state is saved. The ids it hands out are placeholders
 * (`pending:0`), usable for a later update or delete in the same turn.
 */
export class Outbox {
  private readonly outgoing: Outgoing[] = [];
  private readonly ids = new Map<string, string>();
  private invokeResponse: Partial<Activity> | undefined;
  private count = 0;

  /** Catches everything `context` sends from now on. */
  catchFrom(context: TurnContext): void {
    context.onSendActivities(async (_context, activities) => {
      context.responded = true;
      return Promise.resolve(activities.map((activity) => this.hold(activity)));
    });
    context.onUpdateActivity(async (_context, activity) => {
      this.outgoing.push({ kind: 'update', activity });
      return Promise.resolve();
    });
    context.onDeleteActivity(async (_context, reference) => {
      this.outgoing.push({ kind: 'delete', reference });
      return Promise.resolve();
    });
  }

  /** The id Teams gave to a held message, once it has left. */
  idOf = (placeholder: string): string | undefined => this.ids.get(placeholder);

  get size(): number {
    return this.outgoing.length;
  }

  /** Hands the answer to the invoke to `context`, then sends all in order. @throws ConnectorError of the first failure */
  async flush(context: TurnContext): Promise<void> {
    if (this.invokeResponse !== undefined) {
      context.turnState.set(INVOKE_RESPONSE_KEY, this.invokeResponse);
    }
    for (const item of this.outgoing) {
      await this.leave(context, item);
    }
  }

  private hold(activity: Partial<Activity>): ResourceResponse {
    if (activity.type === ActivityTypes.InvokeResponse) {
      this.invokeResponse = activity;
      return { id: '' };
    }
    if (NEVER_SENT.has(activity.type)) {
      return { id: '' };
    }
    const placeholder = `${PLACEHOLDER}${this.count}`;
    this.count += 1;
    const parts = splitTextFromAttachments(activity);
    parts.forEach((part, index) =>
      this.outgoing.push({
        kind: 'send',
        activity: part,
        placeholder: index === parts.length - 1 ? placeholder : undefined,
      }),
    );
    return { id: placeholder };
  }

  private async leave(context: TurnContext, item: Outgoing): Promise<void> {
    if (item.kind === 'send') {
      const [response] = await context.adapter.sendActivities(context, [item.activity]);
      if (item.placeholder !== undefined && response?.id) {
        this.ids.set(item.placeholder, response.id);
      }
    } else if (item.kind === 'update') {
      await this.update(context, item.activity);
    } else {
      const activityId = this.realId(item.reference.activityId);
      await ignoreGone(context.adapter.deleteActivity(context, { ...item.reference, activityId }));
    }
  }

  /** A message that is gone (deleted, or lost by Teams) is replaced by a new one. */
  private async update(context: TurnContext, activity: Partial<Activity>): Promise<void> {
    try {
      await context.adapter.updateActivity(context, { ...activity, id: this.realId(activity.id) });
    } catch (error) {
      if (!isGone(error)) {
        throw error;
      }
      await context.adapter.sendActivities(context, [{ ...activity }]);
    }
  }

  private realId(id: string | undefined): string | undefined {
    return id?.startsWith(PLACEHOLDER) === true ? (this.ids.get(id) ?? id) : id;
  }
}

/** Teams splits text and attachments into two messages and tells no id: we split first, the id is the attachments'. */
function splitTextFromAttachments(activity: Partial<Activity>): Partial<Activity>[] {
  const { text, attachments, ...rest } = activity;
  if (!text || attachments === undefined || attachments.length === 0) {
    return [activity];
  }
  return [
    { ...rest, text },
    { ...rest, attachments },
  ];
}

const isGone = (error: unknown): boolean => error instanceof ConnectorError && error.status === 404;

async function ignoreGone(deleted: Promise<void>): Promise<void> {
  try {
    await deleted;
  } catch (error) {
    if (!isGone(error)) {
      throw error;
    }
  }
}
