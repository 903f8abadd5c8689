import type { FaqTopic } from '../../domain/vocabulary';
import { findTopic } from './find-topic';

/** A line of an evaluation set. */
interface FaqLine {
  readonly text: string;
}

/** What the bot answers to a line of `faq.*.jsonl`; `none` when it would decline or only offer choices. */
export function evalFaqLine(line: FaqLine): { readonly topic: FaqTopic | 'none'; readonly confidence: number } {
  const { topic, confidence } = findTopic(line.text);
  return { topic, confidence };
}
