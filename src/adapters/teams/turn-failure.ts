import { ActivityTypes, INVOKE_RESPONSE_KEY, TurnContext, type Activity } from 'botbuilder-core';

/**
 * Why a turn could not be answered as asked: `storage` does not answer, `conflict` = other turns were faster every time,
 * `slow` = it still runs and may yet succeed, `busy` = too many others run and nothing was done, `unexpected` = a defect.
 */
export const TURN_FAILURES = ['storage', 'conflict', 'slow', 'busy', 'unexpected'] as const;

export interface TurnFailure {
  readonly kind: (typeof TURN_FAILURES)[number];
  /** Shown to the user by the apology if wanted, and in every log line of the turn. */
  readonly correlationId: string;
}

/** The sentence that tells the user, in the user's language. Must not need what has just failed. */
export type Apology = (activity: Activity, failure: TurnFailure) => string | Promise<string>;

const ANSWERED_BY_MESSAGE: ReadonlySet<string> = new Set([ActivityTypes.Message, ActivityTypes.MessageUpdate]);

/** Teams waits for the answer to an invoke; everything else is answered by messages. */
export const isInvoke = (activity: Activity): boolean => activity.type === (ActivityTypes.Invoke as string);

/** Tells the user: the error body of a card's invoke, a message otherwise. Events nobody waits for stay unanswered. */
export async function tellFailure(context: TurnContext, failure: TurnFailure, apology: Apology): Promise<void> {
  const { activity } = context;
  if (isInvoke(activity)) {
    // Without words first: whatever becomes of the apology, the card gets an answer.
    answerInvokeWithError(context, failure.kind, '');
    answerInvokeWithError(context, failure.kind, await apology(activity, failure));
  } else if (ANSWERED_BY_MESSAGE.has(activity.type)) {
    const text = await apology(activity, failure);
    const reference = TurnContext.getConversationReference(activity);
    const message = TurnContext.applyConversationReference({ type: ActivityTypes.Message, text }, reference);
    await context.adapter.sendActivities(context, [message]);
  }
}

/** HTTP 200 with the error inside, as Teams wants it for card actions. */
export function answerInvokeWithError(context: TurnContext, code: string, message: string): void {
  const body = { statusCode: 500, type: 'application/vnd.microsoft.error', value: { code, message } };
  context.turnState.set(INVOKE_RESPONSE_KEY, {
    type: ActivityTypes.InvokeResponse,
    value: { status: 200, body },
  });
}
