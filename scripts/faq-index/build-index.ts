import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../src/domain/vocabulary';
import type { Language } from '../../src/domain/vocabulary';
import { ANSWERS } from '../../src/language/faq/classifier';
import { quantised } from '../learn';
import type { StoredWeights } from '../learn';
import { train } from './train';
import type { Sample } from './train';

/** The weight table as it is stored. */
export interface FaqIndex extends StoredWeights {
  /** Of what it was made from (`digestOfSources`). */
  readonly sources: string;
}

/** A training phrase with the language whose file it stands in. */
export interface Phrase extends Sample {
  readonly language: Language;
}

/** What the classifier learns from. */
export interface TrainingSet {
  /** Written one by one: `phrases.json`. */
  readonly phrases: readonly Phrase[];
  /**
   * Put together from `near-misses.json`: every way of asking with everything asked about. All of it is `none`: the
   * playbook's words on a matter that it does not treat.
   */
  readonly nearMisses: readonly Phrase[];
}

/** A way of asking has `{}` where what is asked about goes; each of the two lists is crossed with the other. */
interface NearMissGroup {
  readonly ask: readonly string[];
  readonly about: readonly string[];
}

/** All training phrases. @param root the project's folder */
export function readTrainingSet(root: string): TrainingSet {
  return {
    phrases: LANGUAGES.flatMap((it) => phrasesOf(root, it)),
    nearMisses: LANGUAGES.flatMap((it) => nearMissesOf(root, it)),
  };
}

function phrasesOf(root: string, language: Language): readonly Phrase[] {
  const byTopic = readLocale(root, language, 'phrases.json') as Record<string, readonly string[]>;
  return ANSWERS.flatMap((topic) => (byTopic[topic] ?? []).map((text) => ({ language, text, topic })));
}

function nearMissesOf(root: string, language: Language): readonly Phrase[] {
  const groups = readLocale(root, language, 'near-misses.json') as readonly NearMissGroup[];
  return groups.flatMap(({ ask, about }) =>
    ask.flatMap((question) =>
      about.map((matter) => ({ language, text: question.replace('{}', matter), topic: 'none' as const })),
    ),
  );
}

function readLocale(root: string, language: Language, file: string): unknown {
  return JSON.parse(readFileSync(join(root, 'src', 'locales', language, file), 'utf8'));
}

/**
 * A digest of all that the index depends on, texts and code: an index with another digest is out of date. Training
 * again to find out would cost a test a minute. @param root the project's folder
 */
export function digestOfSources(root: string): string {
  const code = ['src/language/faq', 'scripts/faq-index'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  const texts = LANGUAGES.flatMap((language) =>
    ['phrases.json', 'near-misses.json', 'concepts.json'].map((name) => join('src', 'locales', language, name)),
  );
  const shared = [join('scripts', 'learn.ts'), join('src', 'language', 'weighted-features.ts')];
  const hash = createHash('sha256');
  for (const file of [...shared, ...code, ...texts].sort()) {
    hash.update(readFileSync(join(root, file), 'utf8').replace(/\r\n/gu, '\n'));
  }
  return hash.digest('hex');
}

/** Trains the classifier of the playbook questions; deterministic. */
export function buildFaqIndex({ phrases, nearMisses }: TrainingSet, sources: string): FaqIndex {
  const pools = LANGUAGES.map((language) => nearMisses.filter((phrase) => phrase.language === language));
  return { sources, ...quantised(train(phrases, pools)) };
}

/** The text of `faq-index.generated.json`. */
export function serialise(index: FaqIndex): string {
  return `${JSON.stringify(index, null, 2)}\n`;
}
