import { isOneOf, type Intent, type Language } from '../../domain/vocabulary';
import { EAST_ASIAN } from '../tokens';
import { bestByPatterns, patternScores, type Scored, type SentenceFacts } from '../intent';
import { REQUESTS } from './columns';
import { requestFeatures } from './features';
import { likeliest, type WeightTable } from './likeliest';
import index from './requests.generated.json';

/** A request as sure as can be has the score of a pattern of this weight. */
const SUREST = 9;

/** What no pattern knows must be this likely: "no, Contoso" and "rather on the 4th" answer what was asked. */
const LEAST_ALONE = 0.5;
/** With a customer's name more than an answer is said where there are more words: they need be less sure. */
const LEAST_NAMED = 0.35;
/** These are written down at once, and end or put off reminders: "call Contoso", "delete Contoso" are no such thing. */
const RECORDED: ReadonlySet<Intent> = new Set<Intent>(['customer-replied', 'no-reply']);
const LEAST_RECORDED = 0.7;
const LEAST_LETTERS = { spaced: 5, eastAsian: 3 } as const;

/** Up to this length a text is a command ("help", "my start dates"): said again and again, in no certain language. */
const COMMAND = 20;
const MOST_KEPT = 1000;
const commands = new Map<string, Scored>();

let table: WeightTable | undefined;

/**
 * What a sentence asks for, in the given languages: patterns and a classifier that learned from `requests.json` together;
 * requests that the classifier does not know are the patterns' alone.
 * @returns the best intent and its score, `none` also for what may be a question to the playbook
 */
export function classifyRequest(facts: SentenceFacts, languages: readonly Language[]): Scored {
  if (facts.masked.length > COMMAND) {
    return classify(facts, languages);
  }
  const key = JSON.stringify([facts, languages]);
  const scored = commands.get(key) ?? classify(facts, languages);
  if (commands.size < MOST_KEPT) {
    commands.set(key, scored);
  }
  return scored;
}

function classify(facts: SentenceFacts, languages: readonly Language[]): Scored {
  const patterns = patternScores(facts, languages);
  const byPatterns = bestByPatterns(patterns, facts);
  if (!isOneOf(REQUESTS, byPatterns.intent)) {
    return byPatterns;
  }
  table ??= { weights: new Int8Array(Buffer.from(index.weights, 'base64')), scale: index.scale };
  const { request, chance } = likeliest(table, requestFeatures(facts, patterns), patterns);
  const isGuess = byPatterns.score === 0 && (chance < leastFor(request, facts) || !hasWords(facts.masked));
  if (request === 'question' || request === 'none' || isGuess) {
    return { intent: 'none', score: 0 };
  }
  return { intent: request, score: Math.max(patterns.get(request) ?? 0, SUREST * chance) };
}

function leastFor(request: Intent, { hasCustomer }: SentenceFacts): number {
  if (RECORDED.has(request)) {
    return LEAST_RECORDED;
  }
  return hasCustomer ? LEAST_NAMED : LEAST_ALONE;
}

/** Whether there is more to a text than names, dates and a short word. */
function hasWords(masked: string): boolean {
  const letters = masked.match(/\p{L}/gu) ?? [];
  return letters.length >= (EAST_ASIAN.test(masked) ? LEAST_LETTERS.eastAsian : LEAST_LETTERS.spaced);
}
