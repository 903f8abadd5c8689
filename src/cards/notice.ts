import type { CardAction, Choice } from './actions';
import type { Card } from './render';
import { cardTemplate } from './render';
import template from './templates/notice.json';

/** A few sentences with what can be done next. */
export interface Notice {
  readonly title?: string;
  /** Who or what it is about; shown literally. */
  readonly subject?: string;
  readonly paragraphs: readonly string[];
  readonly choices?: readonly Choice[];
  readonly footer?: string;
  readonly actions?: readonly CardAction[];
}

interface Data {
  readonly title: string;
  readonly subject: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly choices: readonly Choice[];
  readonly footer: string;
  readonly actions: readonly CardAction[];
}

const notice = cardTemplate<Data>(template);

export async function noticeCard(data: Notice): Promise<Card> {
  const { title = '', subject = '', paragraphs, choices = [], footer = '', actions = [] } = data;
  return notice.render({
    title,
    subject,
    paragraphs: paragraphs.map((paragraph) => ({ text: paragraph })),
    choices,
    footer,
    actions,
  });
}
