import { LANGUAGES, type Language } from '../../src/domain/vocabulary';
import { bestByPatterns, patternScores } from '../../src/language/intent';
import { likeliest } from '../../src/language/requests/likeliest';
import { exampleOf, factsOf, learnRequests, type RequestPhrases } from './build-index';

const FOLDS = 5;

interface Counts {
  of: number;
  byPatterns: number;
  together: number;
}

/** @returns by language, how many requests the patterns know and how many they and a classifier that never saw them. */
export function crossValidated({ samples, pools }: RequestPhrases): Record<Language, Counts> {
  const counts = Object.fromEntries(
    LANGUAGES.map((language) => [language, { of: 0, byPatterns: 0, together: 0 }]),
  ) as Record<Language, Counts>;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const weights = learnRequests({ samples: samples.filter((_, index) => index % FOLDS !== fold), pools });
    for (const sample of samples.filter((_, index) => index % FOLDS === fold)) {
      const { facts, languages } = factsOf(sample.masked);
      const patterns = patternScores(facts, languages);
      const count = counts[sample.language];
      count.of += 1;
      count.byPatterns += bestByPatterns(patterns, facts).intent === sample.request ? 1 : 0;
      const example = exampleOf(sample);
      const features = { rows: [...example.rows], values: [...example.values] };
      const { request } = likeliest({ weights, scale: 1 }, features, patterns);
      count.together += request === sample.request ? 1 : 0;
    }
  }
  return counts;
}
