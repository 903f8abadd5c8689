import { z } from 'zod';
import { addressValue } from './domain/gateway/values';
import { zoneNamed } from './domain/time-zone';
import { LANGUAGES } from './domain/vocabulary';

/** Where the tables are. `embedded` = an Azurite of our own in DATA_DIR; development only. */
export type StorageConfig =
  | { readonly kind: 'connectionString'; readonly connectionString: string }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'embedded'; readonly dataDir: string };

/** The bot's registration; undefined app id = anonymous, development only. */
export interface BotIdentity {
  readonly appId: string | undefined;
  readonly appType: 'UserAssignedMSI' | 'SingleTenant';
  readonly tenantId: string | undefined;
  readonly password: string | undefined;
  /** Another OpenID server than Bot Framework's, with its issuer: sovereign clouds, and tests. */
  readonly openIdMetadataUrl: string | undefined;
  readonly tokenIssuer: string | undefined;
}

export type Config = ReturnType<typeof toConfig>;

const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
const onOff = z.enum(['on', 'off'], { error: 'must be on or off' });
const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535);
const emptyIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsAbsent, schema.optional());

/** One example per variable: an error names the variable, what is wrong and this. */
const EXAMPLES: Readonly<Record<string, string>> = {
  PORT: '3978',
  PLAYGROUND_PORT: '56150',
  NODE_ENV: 'production',
  DATA_DIR: '.data',
  MicrosoftAppId: '00000000-0000-0000-0000-000000000001',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppTenantId: '00000000-0000-0000-0000-000000000002',
  MicrosoftAppPassword: 'the client secret of the app registration',
  AZURE_STORAGE_CONNECTION_STRING:
    'DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net',
  AZURE_STORAGE_ACCOUNT: 'fmassistant',
  LEADS: 'lead@contoso.com,other@contoso.com',
  GATEWAY_KEYS: 'a-long-random-key,the-previous-key',
  DEFAULT_TIME_ZONE: 'Europe/Berlin',
  DEFAULT_LANGUAGE: 'en',
  REMINDER_SWEEP_SECONDS: '60',
  REMINDER_LOCAL_TIME: '09:00',
  REMINDER_RATE_PER_SECOND: '30',
  SAMPLE_DATA: 'off',
  PLAYGROUND: 'on',
  LOG_LEVEL: 'info',
  BotOpenIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  SERVICE_URL_HOSTS: 'smba.trafficmanager.net',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=…;IngestionEndpoint=https://…',
};

const GUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const guid = z
  .string()
  .trim()
  .regex(new RegExp(`^${GUID}$`, 'i'), 'must be a GUID');

/** What the clients of tables and queues find their way with; without it they throw. */
const STORAGE_PARTS: readonly (readonly string[])[] = [
  ['UseDevelopmentStorage=true'],
  ['DefaultEndpointsProtocol=', 'AccountName=', 'AccountKey=', 'EndpointSuffix='],
  ['DefaultEndpointsProtocol=', 'AccountName=', 'AccountKey=', 'TableEndpoint=', 'QueueEndpoint='],
  ['TableEndpoint=', 'QueueEndpoint=', 'SharedAccessSignature='],
];
const namesStorage = (text: string): boolean =>
  STORAGE_PARTS.some((parts) => parts.every((part) => text.toLowerCase().includes(part.toLowerCase())));

const schema = z.object({
  PORT: z.preprocess(emptyIsAbsent, port.default(3978)),
  PLAYGROUND_PORT: z.preprocess(emptyIsAbsent, port.default(56150)),
  NODE_ENV: z.preprocess(
    emptyIsAbsent,
    z
      .enum(['development', 'production', 'test'], { error: 'must be development, production or test' })
      .default('development'),
  ),
  DATA_DIR: z.preprocess(emptyIsAbsent, z.string().default('.data')),
  MicrosoftAppId: optional(guid),
  MicrosoftAppType: z.preprocess(
    emptyIsAbsent,
    z
      .enum(['UserAssignedMSI', 'SingleTenant'], { error: 'must be UserAssignedMSI or SingleTenant' })
      .default('SingleTenant'),
  ),
  MicrosoftAppTenantId: optional(guid),
  MicrosoftAppPassword: optional(z.string()),
  AZURE_STORAGE_CONNECTION_STRING: optional(
    z.string().refine(namesStorage, 'is not a connection string of tables and queues'),
  ),
  AZURE_STORAGE_ACCOUNT: optional(
    z.string().regex(/^[a-z0-9]{3,24}$/, 'must be 3 to 24 lower-case letters and digits'),
  ),
  LEADS: list
    .refine((leads) => leads.every((lead) => addressValue(lead).ok), 'has something else than addresses')
    .transform((leads) => leads.map((lead) => lead.toLowerCase())),
  GATEWAY_KEYS: list,
  DEFAULT_TIME_ZONE: z.preprocess(
    emptyIsAbsent,
    z
      .string()
      .default('UTC')
      .refine((zone) => zoneNamed(zone) !== undefined, 'is not an IANA time zone'),
  ),
  DEFAULT_LANGUAGE: z.preprocess(
    emptyIsAbsent,
    z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` }).default('en'),
  ),
  REMINDER_SWEEP_SECONDS: z.preprocess(
    emptyIsAbsent,
    z.coerce.number({ error: 'must be a number of seconds' }).int().min(1).max(3600).default(60),
  ),
  REMINDER_LOCAL_TIME: z.preprocess(
    emptyIsAbsent,
    z
      .string()
      .default('09:00')
      .refine((time) => time === 'now' || /^([01]\d|2[0-3]):[0-5]\d$/.test(time), 'must be HH:MM or now'),
  ),
  REMINDER_RATE_PER_SECOND: z.preprocess(
    emptyIsAbsent,
    z.coerce.number({ error: 'must be a number' }).positive().max(1000).default(30),
  ),
  SAMPLE_DATA: optional(onOff),
  PLAYGROUND: z.preprocess(emptyIsAbsent, onOff.default('on')),
  LOG_LEVEL: z.preprocess(
    emptyIsAbsent,
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
  ),
  BotOpenIdMetadata: optional(z.url('must be a URL')),
  ToBotFromChannelOpenIdMetadataUrl: optional(z.url('must be a URL')),
  ToBotFromChannelTokenIssuer: optional(z.string()),
  SERVICE_URL_HOSTS: list,
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })),
  APPLICATIONINSIGHTS_CONNECTION_STRING: optional(
    z
      .string()
      .regex(new RegExp(`InstrumentationKey=${GUID}`, 'i'), 'is not a connection string of Application Insights'),
  ),
});

type Variables = z.infer<typeof schema>;

/** A setting that cannot work. `message` has one line per variable: its name, what is wrong, an example. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
}

const complaint = (name: string, problem: string): string =>
  `${name} ${problem}. Example: ${name}=${EXAMPLES[name] ?? ''}`;

/**
 * The settings of the process from its environment; the only reader of it.
 * @throws ConfigError naming every variable that is wrong, without its value.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => complaint(String(issue.path[0]), issue.message));
    throw new ConfigError([...new Set(problems)].join('\n'));
  }
  const problems = contradictions(parsed.data);
  if (problems.length > 0) {
    throw new ConfigError(problems.join('\n'));
  }
  return toConfig(parsed.data);
}

function contradictions(variables: Variables): string[] {
  const problems: string[] = [];
  const production = variables.NODE_ENV === 'production';
  if (production && variables.MicrosoftAppId === undefined) {
    problems.push(complaint('MicrosoftAppId', 'is missing: without it anybody could talk to the bot'));
  }
  if (production && !variables.AZURE_STORAGE_CONNECTION_STRING && !variables.AZURE_STORAGE_ACCOUNT) {
    problems.push(complaint('AZURE_STORAGE_ACCOUNT', 'is missing: the embedded storage is for development only'));
  }
  if (variables.MicrosoftAppId !== undefined && variables.MicrosoftAppTenantId === undefined) {
    problems.push(complaint('MicrosoftAppTenantId', 'is missing: the bot answers one tenant only'));
  }
  if (
    variables.MicrosoftAppId !== undefined &&
    variables.MicrosoftAppType === 'SingleTenant' &&
    variables.MicrosoftAppPassword === undefined
  ) {
    problems.push(complaint('MicrosoftAppPassword', 'is missing for MicrosoftAppType SingleTenant'));
  }
  return problems;
}

function storageOf(variables: Variables): StorageConfig {
  if (variables.AZURE_STORAGE_CONNECTION_STRING !== undefined) {
    return { kind: 'connectionString', connectionString: variables.AZURE_STORAGE_CONNECTION_STRING };
  }
  if (variables.AZURE_STORAGE_ACCOUNT !== undefined) {
    return { kind: 'account', account: variables.AZURE_STORAGE_ACCOUNT };
  }
  return { kind: 'embedded', dataDir: variables.DATA_DIR };
}

function toConfig(variables: Variables) {
  const production = variables.NODE_ENV === 'production';
  const bot: BotIdentity = {
    appId: variables.MicrosoftAppId,
    appType: variables.MicrosoftAppType,
    tenantId: variables.MicrosoftAppTenantId,
    password: variables.MicrosoftAppPassword,
    // Bot Framework's settings know it by two names.
    openIdMetadataUrl: variables.BotOpenIdMetadata ?? variables.ToBotFromChannelOpenIdMetadataUrl,
    tokenIssuer: variables.ToBotFromChannelTokenIssuer,
  };
  return {
    production,
    port: variables.PORT,
    playgroundPort: variables.PLAYGROUND_PORT,
    dataDir: variables.DATA_DIR,
    bot,
    storage: storageOf(variables),
    leads: variables.LEADS as readonly string[],
    gatewayKeys: variables.GATEWAY_KEYS as readonly string[],
    defaultTimeZone: variables.DEFAULT_TIME_ZONE,
    defaultLanguage: variables.DEFAULT_LANGUAGE,
    reminders: {
      sweepSeconds: variables.REMINDER_SWEEP_SECONDS,
      localTime: variables.REMINDER_LOCAL_TIME,
      ratePerSecond: variables.REMINDER_RATE_PER_SECOND,
    },
    sampleData: production ? variables.SAMPLE_DATA === 'on' : variables.SAMPLE_DATA !== 'off',
    playground: variables.PLAYGROUND === 'on',
    logLevel: variables.LOG_LEVEL,
    /** Where traces go; neither = nowhere, and nothing of it is loaded. */
    tracing: {
      otlpEndpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT,
      azureMonitor: variables.APPLICATIONINSIGHTS_CONNECTION_STRING,
    },
    /** Further hosts that replies may go to, beside Teams' own. */
    serviceUrlHosts: variables.SERVICE_URL_HOSTS as readonly string[],
  } as const;
}
