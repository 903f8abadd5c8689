import { z } from 'zod';
import type { EvalKindName } from './command-options';
import type { Comparison } from './eval-score';

/** How one kind of evaluation file is answered and judged. */
export interface EvalKind {
  /** @returns the bot's answer. @throws z.ZodError when the line lacks what the question needs. */
  answer(line: unknown): object;
  /** @returns undefined when the line does not say what it expects. */
  compare(line: unknown, got: object): Comparison | undefined;
}

const day = z.iso.date();
const question = z.object({ lang: z.string(), text: z.string() });
const dated = question.extend({ now: day });
const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '–' : JSON.stringify(value);

/** Loads what a kind needs, and nothing of the others. */
export async function loadEvalKind(name: EvalKindName): Promise<EvalKind> {
  switch (name) {
    case 'faq':
      return loadFaq();
    case 'dates':
      return loadDates();
    case 'utterances':
      return loadUtterances();
  }
}

async function loadFaq(): Promise<EvalKind> {
  const { evalFaqLine } = await import('../language/faq/eval-faq');
  const expecting = z.object({ topic: z.string() });
  return {
    answer: (line) => evalFaqLine(question.parse(line)),
    compare: (line, got) => {
      const expected = expecting.safeParse(line);
      return expected.success ? { topic: [expected.data.topic, shown((got as { topic: string }).topic)] } : undefined;
    },
  };
}

async function loadDates(): Promise<EvalKind> {
  const { evalDateLine } = await import('../language/dates/eval-dates');
  const expecting = z.object({ expect: z.string().nullable(), precision: z.string() });
  const both = (date: string | null, precision: string): string =>
    date === null ? precision : `${date} (${precision})`;
  return {
    answer: (line) => evalDateLine(dated.parse(line)),
    compare: (line, got) => {
      const expected = expecting.safeParse(line);
      const { date, precision } = got as { date: string | null; precision: string };
      return expected.success
        ? { date: [both(expected.data.expect, expected.data.precision), both(date, precision)] }
        : undefined;
    },
  };
}

const SLOTS = ['intent', 'customer', 'workload', 'date', 'reason'] as const;

async function loadUtterances(): Promise<EvalKind> {
  const [{ evalUtteranceLine }, { SAMPLE_CUSTOMERS }] = await Promise.all([
    import('../language/eval-utterances'),
    import('../sample/sample-gateway-csv'),
  ]);
  const expecting = z.object({ expect: z.record(z.string(), z.unknown()) });
  return {
    answer: (line) => evalUtteranceLine(dated.parse(line), SAMPLE_CUSTOMERS),
    compare: (line, got) => {
      const expected = expecting.safeParse(line);
      const found = got as Readonly<Record<string, unknown>>;
      return expected.success
        ? Object.fromEntries(
            SLOTS.map((slot) => [slot, [shown(expected.data.expect[slot]), shown(found[slot])]] as const),
          )
        : undefined;
    },
  };
}
