import { Temporal } from 'temporal-polyfill';
import { COMMANDS, commandTitle } from '../../src/cli/package-app';
import { LANGUAGES } from '../../src/domain/vocabulary';
import { SAMPLE_CUSTOMERS } from '../../src/sample/sample-gateway-csv';
import { understand } from '../../src/language/understand';

const SAMPLE = SAMPLE_CUSTOMERS;
const today = Temporal.PlainDate.from('2026-11-20');

/** Teams sends the title of the command in the person's language, as it stands in the app package. */
const cases = LANGUAGES.flatMap((language) =>
  COMMANDS.map((command) => ({ language, title: commandTitle(language, command), command })),
);

describe('commands of the app package', () => {
  it.each(cases)('understands "$title" ($language) as $command', ({ title, command }) => {
    expect(understand(title, { today, candidates: SAMPLE }).intent).toBe(command);
  });

  it.each(cases)('takes "$title" for no other language than $language', ({ language, title }) => {
    expect([language, undefined]).toContain(understand(title, { today, candidates: SAMPLE }).language);
  });
});
