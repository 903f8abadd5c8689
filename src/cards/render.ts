import type * as Templating from 'adaptivecards-templating';
import { breakLongWords } from './breakable-words';
import { withButtonLines } from './button-lines';

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

/**
 * Binds a JSON template to its typed data. The templating library costs 130 ms and 90 MB, so it is loaded with the
 * first card; a template is compiled once (30 times dearer otherwise). Data is bound, never expanded a second time:
 * `${…}` inside user text stays text.
 */
export function cardTemplate<Data extends object>(template: object): CardTemplate<Data> {
  let compiled: Templating.Template | undefined;
  return {
    render: async (data) => {
      if (!compiled) {
        const { Template } = await import('adaptivecards-templating');
        compiled = new Template(template);
      }
      return breakLongWords(withButtonLines(compiled.expand({ $root: data }) as Card));
    },
  };
}
