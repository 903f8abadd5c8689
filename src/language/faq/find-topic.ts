import type { FaqTopic } from '../../domain/vocabulary';
import type { TopicMatch } from '../understanding';
import { ANSWERS, probabilities } from './classifier';
import type { Answer } from './classifier';
import faqIndex from './faq-index.generated.json';
import { featuresOf } from './features';

/** Below this a topic is offered as one of three choices instead of answered (chosen by cross-validation). */
const SURE = 0.5;

/** From this probability of `none` on, a text is off topic and gets no choices at all. */
const OFF_TOPIC = 0.5;

const CHOICES = 3;

let decoded: Int8Array | undefined;

/**
 * The playbook topic that a question asks for, in any of the five languages or a mixture of them: all languages
 * share one classifier, trained at build time from `src/locales/<lang>/phrases.json` (`node scripts/build-faq-index.mjs`).
 * @param text a question as typed; of its first 2,000 characters beginning and end count
 */
export function findTopic(text: string): TopicMatch {
  if (last?.text !== text) {
    last = { text, match: match(text) };
  }
  return last.match;
}

/** What makes a sentence a question is asked again to answer it. */
let last: { readonly text: string; readonly match: TopicMatch } | undefined;

function match(text: string): TopicMatch {
  const ranking = rank(text);
  const best = ranking[0];
  const none = ranking.find((entry) => entry.answer === 'none')?.probability ?? 0;
  const nearest = ranking
    .map((entry) => entry.answer)
    .filter((answer): answer is FaqTopic => answer !== 'none')
    .slice(0, CHOICES);
  if (best && best.answer !== 'none' && best.probability >= SURE) {
    return { topic: best.answer, confidence: best.probability, nearest };
  }
  return { topic: 'none', confidence: none, nearest: none >= OFF_TOPIC ? [] : nearest };
}

interface Ranked {
  readonly answer: Answer;
  readonly probability: number;
}

function rank(text: string): Ranked[] {
  decoded ??= new Int8Array(Buffer.from(faqIndex.weights, 'base64'));
  const chances = probabilities(decoded, featuresOf(text), faqIndex.scale);
  return ANSWERS.map((answer, column) => ({ answer, probability: chances[column] ?? 0 })).sort(
    (a, b) => b.probability - a.probability,
  );
}
