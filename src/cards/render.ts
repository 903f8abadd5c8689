import { breakLongWords } from './breakable-words';
import { withButtonLines } from './button-lines';
import { compileTemplate } from './expand';

/** An Adaptive Card 1.5, expanded. */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly [key: string]: unknown;
}

/** A template of this folder: its JSON, loaded once. */
export interface CardTemplate<Data extends object> {
  readonly render: (data: Data) => Promise<Card>;
}

/** Binds a JSON template to its typed data; it is compiled with the first card of its kind. */
export function cardTemplate<Data extends object>(template: object): CardTemplate<Data> {
  let expand: ((data: Data) => unknown) | undefined;
  return {
    render: async (data) => {
      expand ??= compileTemplate(template);
      return Promise.resolve(breakLongWords(withButtonLines(expand(data) as Card)));
    },
  };
}
