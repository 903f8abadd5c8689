import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../src/domain/vocabulary';
import { detectLanguage } from '../../src/language/detect-language';
import { fold } from '../../src/language/fold';
import { patternScores, type SentenceFacts } from '../../src/language/intent';
import { mask } from '../../src/language/mask';
import { PLACEHOLDERS } from '../../src/language/pattern';
import { REQUESTS, type Request } from '../../src/language/requests/columns';
import { requestFeatures, ROWS } from '../../src/language/requests/features';
import { findWorkloads } from '../../src/language/workloads';
import { learn, quantised, type Example, type StoredWeights } from '../learn';

const SETTINGS = { epochs: 12, rate: 0.15, decay: 2e-6, dropout: 0.25, drawn: 60, seeds: [20261121, 20261122] };

/** A training phrase as it is masked. */
export interface RequestPhrase {
  readonly language: Language;
  readonly request: Request;
  readonly masked: string;
}

export interface RequestPhrases {
  /** Of `requests.json`. */
  readonly samples: readonly RequestPhrase[];
  /** Questions to the playbook, and what it does not answer, by language: of `phrases.json`. */
  readonly pools: readonly (readonly RequestPhrase[])[];
}

/** All training phrases. @param root the project's folder */
export function readRequests(root: string): RequestPhrases {
  return {
    samples: LANGUAGES.flatMap((language) =>
      Object.entries(readLocale(root, language, 'requests.json')).flatMap(([request, phrases]) =>
        phrases.map((phrase) => ({ language, request: request as Request, masked: filledIn(phrase) })),
      ),
    ),
    pools: LANGUAGES.flatMap((language) => poolsOf(root, language)),
  };
}

function poolsOf(root: string, language: Language): RequestPhrase[][] {
  const topics = Object.entries(readLocale(root, language, 'phrases.json'));
  const pool = (request: Request, isWanted: (topic: string) => boolean): RequestPhrase[] =>
    topics
      .filter(([topic]) => isWanted(topic))
      .flatMap(([, phrases]) => phrases.map((phrase) => ({ language, request, masked: maskedWorkloads(phrase) })));
  return [pool('question', (topic) => topic !== 'none'), pool('none', (topic) => topic === 'none')];
}

function readLocale(root: string, language: Language, file: string): Record<string, readonly string[]> {
  const text = readFileSync(join(root, 'src', 'locales', language, file), 'utf8');
  return JSON.parse(text) as Record<string, readonly string[]>;
}

function filledIn(phrase: string): string {
  return fold(phrase)
    .text.replaceAll('{c}', PLACEHOLDERS.customer)
    .replaceAll('{w}', PLACEHOLDERS.workload)
    .replaceAll('{d}', PLACEHOLDERS.when)
    .replaceAll('{l}', PLACEHOLDERS.language);
}

function maskedWorkloads(phrase: string): string {
  const folded = fold(phrase);
  return mask(folded, { customers: [], workloads: findWorkloads(folded, []), dates: [] });
}

/** @returns what is known of a masked phrase; its own language's patterns count where the language is clear. */
export function factsOf(masked: string): { facts: SentenceFacts; languages: readonly Language[] } {
  const language = detectLanguage(masked.replace(/[\ue000-\ue003]/g, ' '));
  const facts = {
    masked,
    hasCustomer: masked.includes(PLACEHOLDERS.customer),
    hasWorkload: masked.includes(PLACEHOLDERS.workload),
    hasDate: masked.includes(PLACEHOLDERS.when),
  };
  return { facts, languages: language === undefined ? LANGUAGES : [language] };
}

/** @returns a phrase as the classifier sees it. */
export function exampleOf({ masked, request }: RequestPhrase): Example {
  const { facts, languages } = factsOf(masked);
  const { rows, values } = requestFeatures(facts, patternScores(facts, languages));
  return { rows: Int32Array.from(rows), values: Float32Array.from(values), label: REQUESTS.indexOf(request) };
}

/** @returns the weights of the requests' classifier; deterministic. */
export function learnRequests({ samples, pools }: RequestPhrases): Float32Array {
  const examples = { samples: samples.map(exampleOf), pools: pools.map((pool) => pool.map(exampleOf)) };
  return learn(examples, { rows: ROWS, columns: REQUESTS.length }, SETTINGS);
}

/** The weight table as it is stored. */
export interface RequestIndex extends StoredWeights {
  /** Of what it was made from (`digestOfRequests`). */
  readonly sources: string;
}

export function buildRequestIndex(phrases: RequestPhrases, sources: string): RequestIndex {
  return { sources, ...quantised(learnRequests(phrases)) };
}

/** A digest of the requests and of the code that reads them; patterns and questions may change a little meanwhile. */
export function digestOfRequests(root: string): string {
  const code = ['src/language/requests', 'scripts/request-index'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && name !== 'classify.ts')
      .map((name) => join(folder, name)),
  );
  const texts = LANGUAGES.map((language) => join('src', 'locales', language, 'requests.json'));
  const shared = [join('scripts', 'learn.ts'), join('src', 'language', 'weighted-features.ts')];
  const hash = createHash('sha256');
  for (const file of [...shared, ...code, ...texts].sort()) {
    hash.update(readFileSync(join(root, file), 'utf8').replace(/\r\n/gu, '\n'));
  }
  return hash.digest('hex');
}
