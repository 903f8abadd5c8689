import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../src/domain/vocabulary';
import type { Language } from '../../src/domain/vocabulary';
import { ANSWERS } from '../../src/language/faq/classifier';
import { train } from './train';
import type { Sample } from './train';

/** The weight table as it is stored: one signed byte per weight, in units of `scale`. */
export interface FaqIndex {
  readonly scale: number;
  /** Base64. */
  readonly weights: string;
}

/** A training phrase with the language whose file it stands in. */
export interface Phrase extends Sample {
  readonly language: Language;
}

/** All training phrases. @param root the project's folder */
export function readPhrases(root: string): readonly Phrase[] {
  return LANGUAGES.flatMap((language) => {
    const file = join(root, 'src', 'locales', language, 'phrases.json');
    const byTopic = JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly string[]>;
    return ANSWERS.flatMap((topic) => (byTopic[topic] ?? []).map((text) => ({ language, text, topic })));
  });
}

/** Trains the classifier of the playbook questions; deterministic. */
export function buildFaqIndex(samples: readonly Sample[]): FaqIndex {
  return quantise(train(samples));
}

function quantise(weights: Float32Array): FaqIndex {
  const largest = weights.reduce((highest, weight) => Math.max(highest, Math.abs(weight)), 0);
  const scale = Number((largest / 127).toPrecision(6));
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  return { scale, weights: Buffer.from(bytes.buffer).toString('base64') };
}

/** The text of `faq-index.generated.json`. */
export function serialise(index: FaqIndex): string {
  return `${JSON.stringify(index, null, 2)}\n`;
}
