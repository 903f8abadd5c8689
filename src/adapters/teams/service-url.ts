import type { TeamsSettings } from './settings';

/**
 * Teams' connector hosts as documented for the Microsoft 365 Agents SDK (`TeamsServiceEndpoints`): public, GCC, GCC High, DoD.
 * Exact names: anybody can register a name under trafficmanager.net.
 */
const TEAMS_HOSTS: ReadonlySet<string> = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);

/** Microsoft's own domains of the Bot Framework, whose names nobody else can register. */
const BOT_FRAMEWORK_DOMAINS = ['.botframework.com', '.botframework.us', '.botframework.azure.us'];

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True when `url` is plain http: a token never travels over it. */
export const isPlainHttp = (url: string): boolean => /^http:/i.test(url);

/**
 * The test whether replies, and the bot's token with them, may go to a service URL.
 * Plain http only to this machine, never in production, and with an app id only if SERVICE_URL_HOSTS names the host.
 */
export function createServiceUrlTest(settings: TeamsSettings): (serviceUrl: unknown) => boolean {
  const further = new Set(settings.serviceUrlHosts.map((host) => host.toLowerCase()));
  const seen = new Map<string, boolean>();
  const decide = (serviceUrl: string): boolean => {
    const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
    if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
      return false;
    }
    if (LOOPBACK_HOSTS.has(url.hostname)) {
      return isLocalAllowed(url, further, settings);
    }
    return url.protocol === 'https:' && isMicrosoftOrNamed(url, further);
  };
  return (serviceUrl) => {
    if (typeof serviceUrl !== 'string' || serviceUrl.length > 512) {
      return false;
    }
    const known = seen.get(serviceUrl);
    if (known !== undefined) {
      return known;
    }
    const trusted = decide(serviceUrl);
    if (trusted && seen.size < 1000) {
      seen.set(serviceUrl, true);
    }
    return trusted;
  };
}

function isMicrosoftOrNamed(url: URL, further: ReadonlySet<string>): boolean {
  const host = url.hostname;
  if (further.has(host) || further.has(url.host)) {
    return true;
  }
  return url.port === '' && (TEAMS_HOSTS.has(host) || BOT_FRAMEWORK_DOMAINS.some((domain) => host.endsWith(domain)));
}

function isLocalAllowed(url: URL, further: ReadonlySet<string>, settings: TeamsSettings): boolean {
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  if (settings.production || !isHttp) {
    return false;
  }
  return settings.bot.appId === undefined || further.has(url.hostname) || further.has(url.host);
}
