import type { Section } from './sections';

/** The export as JSON, one row a line, in pieces. */
export async function* jsonText(sections: AsyncIterable<Section>): AsyncGenerator<string> {
  let before = '{';
  for await (const { list, rows } of sections) {
    yield `${before}${JSON.stringify(list)}:[`;
    let separator = '\n';
    for await (const row of rows) {
      yield separator + JSON.stringify(row);
      separator = ',\n';
    }
    yield ']';
    before = ',\n';
  }
  yield '}\n';
}
