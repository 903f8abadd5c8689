import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../../src/domain/vocabulary';
import type { Language } from '../../../src/domain/vocabulary';
import { evalFaqLine } from '../../../src/language/faq/eval-faq';

interface Line {
  readonly lang: Language;
  readonly text: string;
  readonly topic: string;
}

const lines = readFileSync(join(__dirname, '../../eval/faq.dev.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

function wrongOf(chosen: readonly Line[]): readonly string[] {
  return chosen
    .map((line) => ({ line, got: evalFaqLine(line).topic }))
    .filter(({ line, got }) => got !== line.topic)
    .map(({ line, got }) => `${line.topic} → ${got}: ${line.text}`);
}

describe('playbook questions of the public set', () => {
  // 96 % of 56 lines: two may be wrong.
  it.each(LANGUAGES)('finds the topic in %s', (language) => {
    const chosen = lines.filter((line) => line.lang === language);
    expect(chosen).toHaveLength(56);
    expect(wrongOf(chosen).slice(2)).toEqual([]);
  });

  it('turns away at least 90 % of what the playbook does not answer', () => {
    const chosen = lines.filter((line) => line.topic === 'none');
    expect(wrongOf(chosen).length / chosen.length).toBeLessThanOrEqual(0.1);
  });
});
