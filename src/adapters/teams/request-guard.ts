import type { Activity } from 'botbuilder-core';
import { createServiceUrlTest } from './service-url';
import type { TeamsSettings } from './settings';

/** Why an authenticated activity is refused with 403. */
export const REFUSALS = ['channel', 'service-url', 'tenant'] as const;
export type Refusal = (typeof REFUSALS)[number];

const DEVELOPMENT_CHANNELS: ReadonlySet<string> = new Set(['emulator', 'test']);

const tenantsOf = (activity: Activity): unknown[] => {
  const channelData = activity.channelData as { readonly tenant?: { readonly id?: unknown } | null } | undefined;
  return [activity.conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined && id !== null);
};

/**
 * What the SDK leaves open after the token: channel, service URL, tenant.
 * Every tenant an activity names must be ours, and it must name one.
 */
export function createRequestGuard(settings: TeamsSettings): (activity: Activity) => Refusal | undefined {
  const isTrusted = createServiceUrlTest(settings);
  const tenantId = settings.bot.tenantId?.toLowerCase();
  const isOurs = (tenant: unknown): boolean => typeof tenant === 'string' && tenant.toLowerCase() === tenantId;
  return (activity) => {
    const isDevelopmentChannel = !settings.production && DEVELOPMENT_CHANNELS.has(activity.channelId);
    if (activity.channelId !== 'msteams' && !isDevelopmentChannel) {
      return 'channel';
    }
    if (!isTrusted(activity.serviceUrl)) {
      return 'service-url';
    }
    if (tenantId === undefined || isDevelopmentChannel) {
      return undefined;
    }
    const tenants = tenantsOf(activity);
    return tenants.length > 0 && tenants.every(isOurs) ? undefined : 'tenant';
  };
}
