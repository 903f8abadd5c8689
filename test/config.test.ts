import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../src/config';

const production = {
  NODE_ENV: 'production',
  MicrosoftAppId: '00000000-0000-0000-0000-000000000001',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppTenantId: '00000000-0000-0000-0000-000000000002',
  AZURE_STORAGE_ACCOUNT: 'fmassistant',
};

const complaintOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.message;
    }
    throw error;
  }
  return '';
};

test('an empty environment runs in development with the embedded storage', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    port: 3978,
    storage: { kind: 'embedded', dataDir: '.data' },
    sampleData: true,
    reminders: { sweepSeconds: 60, localTime: '09:00', ratePerSecond: 30 },
  });
});

test('empty variables count as absent, as an unfilled .env has them', () => {
  expect(readConfig({ PORT: '', AZURE_STORAGE_ACCOUNT: '', MicrosoftAppId: '', SAMPLE_DATA: '' }).port).toBe(3978);
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['NODE_ENV', 'prod'],
  ['MicrosoftAppId', 'my-bot'],
  ['MicrosoftAppType', 'MultiTenant'],
  ['AZURE_STORAGE_CONNECTION_STRING', 'hello'],
  ['AZURE_STORAGE_CONNECTION_STRING', 'AccountName=x;AccountKey=YWJj'],
  ['AZURE_STORAGE_CONNECTION_STRING', 'TableEndpoint=https://x.table.core.windows.net;SharedAccessSignature=sig'],
  ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=none'],
  ['LEADS', 'lead@contoso.com,other'],
  ['AZURE_STORAGE_ACCOUNT', 'Not An Account'],
  ['DEFAULT_TIME_ZONE', 'Mars/Olympus'],
  ['DEFAULT_LANGUAGE', 'fr'],
  ['REMINDER_SWEEP_SECONDS', '0'],
  ['REMINDER_LOCAL_TIME', '9 o’clock'],
  ['REMINDER_RATE_PER_SECOND', '-1'],
  ['SAMPLE_DATA', 'yes'],
  ['PLAYGROUND', 'maybe'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused in one sentence with an example', (name, value) => {
  expect(complaintOf({ [name]: value })).toMatch(new RegExp(`^${name} .+ Example: ${name}=.+$`));
});

test('all wrong variables are named at once, and no value is repeated', () => {
  const complaint = complaintOf({ PORT: 'abc', MicrosoftAppId: 'secret-looking-thing' });
  expect(complaint.split('\n')).toHaveLength(2);
  expect(complaint).not.toContain('secret-looking-thing');
});

describe('production', () => {
  test('starts with an identity and an account', () => {
    expect(readConfig(production)).toMatchObject({ production: true, sampleData: false });
  });
  test.each(['MicrosoftAppId', 'MicrosoftAppTenantId', 'AZURE_STORAGE_ACCOUNT'])(
    'refuses to start without %s',
    (name) => {
      expect(complaintOf({ ...production, [name]: '' })).toContain(`${name} is missing`);
    },
  );
  test('refuses a single-tenant bot without its secret', () => {
    expect(complaintOf({ ...production, MicrosoftAppType: 'SingleTenant' })).toContain(
      'MicrosoftAppPassword is missing',
    );
  });
});

test('.env.example has every variable that the configuration reads, and works as it is', () => {
  const source = readFileSync(join(__dirname, '..', 'src', 'config.ts'), 'utf8');
  const read = [...source.matchAll(/^ {2}([A-Z][A-Za-z_]+): (?:z|list|optional)/gm)].map(([, name]) => name);
  const lines = readFileSync(join(__dirname, '..', '.env.example'), 'utf8').split('\n');
  const example = Object.fromEntries(
    lines.filter((line) => /^[A-Za-z_]+=/.test(line)).map((line) => line.split('=', 2) as [string, string]),
  );
  expect(Object.keys(example).sort()).toEqual(read.sort());
  expect(() => readConfig(example)).not.toThrow();
});
