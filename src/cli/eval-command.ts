import { createReadStream } from 'node:fs';
import { z } from 'zod';
import type { CsvLine } from '../usecases/csv-lines';
import { LineSplitter } from '../usecases/csv-lines';
import type { CliContext } from './cli-context';
import { print } from './cli-context';
import type { EvalKindName } from './command-options';
import type { EvalKind } from './eval-kinds';
import { loadEvalKind } from './eval-kinds';
import { EvalScore } from './eval-score';
import { checkReadable } from './readable-file';

/**
 * Answers each line of an evaluation file: the line back with `got` on standard output, a summary on standard error.
 * @returns the exit code: 1 when a line could not be read.
 */
export async function runEval(context: CliContext, name: EvalKindName, path: string): Promise<number> {
  await checkReadable(path);
  const kind = await loadEvalKind(name);
  const score = new EvalScore();
  let malformed = 0;
  for await (const { number, text } of linesOf(path)) {
    const answered = answer(kind, score, text);
    if ('problem' in answered) {
      malformed++;
      await print(context.stderr, `line ${number}: ${answered.problem}`);
    } else {
      await print(context.stdout, answered.line);
    }
  }
  await print(context.stderr, [`${name} ${path}`, ...score.lines()].join('\n'));
  return malformed > 0 ? 1 : 0;
}

/** The lines that are not blank. */
async function* linesOf(path: string): AsyncGenerator<CsvLine> {
  const splitter = new LineSplitter();
  const decoder = new TextDecoder('utf-8');
  const isFilled = ({ text }: CsvLine): boolean => text.trim() !== '';
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    yield* splitter.push(decoder.decode(chunk, { stream: true })).filter(isFilled);
  }
  yield* [...splitter.push(decoder.decode()), ...splitter.end()].filter(isFilled);
}

function answer(kind: EvalKind, score: EvalScore, text: string): { line: string } | { problem: string } {
  const read = z.looseObject({ lang: z.string() }).safeParse(parsed(text));
  if (!read.success) {
    return { problem: 'is not a JSON object with "lang"' };
  }
  try {
    const got = kind.answer(read.data);
    const comparison = kind.compare(read.data, got);
    if (comparison) {
      score.add(read.data.lang, comparison);
    }
    return { line: JSON.stringify({ ...read.data, got }) };
  } catch (error) {
    if (error instanceof z.ZodError) {
      return { problem: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
    }
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
