import type { Attachment, TurnContext } from 'botbuilder-core';
import type { Card } from '../../cards/render';
import type { Turn } from '../../dialogs/turn';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

const attachment = (card: Card): Attachment => ({ contentType: ADAPTIVE_CARD, content: card });

/**
 * Where a turn's words go. On an invoke the first card shown is the answer, which replaces the pressed card; an old
 * client's Submit cannot be answered, so there the pressed message is updated.
 */
export function outputOf(context: TurnContext, kind: 'message' | 'invoke'): Pick<Turn, 'show' | 'say' | 'replace'> {
  const { activity } = context;
  const isOldPress = kind === 'message' && activity.type === 'message' && (activity.value as unknown) !== undefined;
  let answered = false;
  const replace: Turn['replace'] = async (messageId, card) => {
    await context.updateActivity({ type: 'message', id: messageId, attachments: [attachment(card)] });
  };
  const show: Turn['show'] = async (card) => {
    if (kind === 'invoke' && !answered) {
      answered = true;
      const body = { statusCode: 200, type: ADAPTIVE_CARD, value: card };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
      return activity.replyToId;
    }
    const pressed = activity.replyToId;
    if (isOldPress && !answered && pressed !== undefined) {
      answered = true;
      await replace(pressed, card);
      return pressed;
    }
    return (await context.sendActivity({ type: 'message', attachments: [attachment(card)] }))?.id;
  };
  const say: Turn['say'] = async (text) => {
    // Plain, so that a customer's name is shown as it is written and not as markdown.
    await context.sendActivity({ type: 'message', text, textFormat: 'plain' });
  };
  return { show, say, replace };
}
