import type { Temporal } from 'temporal-polyfill';
import type { GatewayColumn } from '../domain/gateway/columns';
import { GATEWAY_COLUMNS } from '../domain/gateway/columns';
import { csvLine } from '../domain/gateway/csv-text';
import sampleCustomers from './customers.json';

type SampleCustomer = (typeof sampleCustomers)[number];
type SampleWorkload = SampleCustomer['workloads'][number];

/** Names of the sample's customers: what the utterances of the evaluation files speak of. */
export const SAMPLE_CUSTOMERS: readonly { readonly customerId: string; readonly name: string }[] = sampleCustomers.map(
  ({ id, name }) => ({ customerId: id, name }),
);

/**
 * A Gateway file to try the bot with: all regions, languages, channels and L1 statuses, both sides of 1,000 seats and of
 * the milestone (C1), start dates that were due last week, are due this week and later.
 * @param today the day of import; every date is counted from it and falls on a weekday.
 * @param fm address of the FM of most customers: whoever is signed in to the Playground.
 */
export function sampleGatewayCsv(today: Temporal.PlainDate, fm: string): string {
  const rows = sampleCustomers.flatMap((customer) =>
    customer.workloads.map((workload) => rowOf(customer, workload, { today, fm })),
  );
  return [GATEWAY_COLUMNS, ...rows.map((row) => GATEWAY_COLUMNS.map((column) => row[column]))].map(csvLine).join('');
}

function rowOf(
  customer: SampleCustomer,
  workload: SampleWorkload,
  { today, fm }: { today: Temporal.PlainDate; fm: string },
): Record<GatewayColumn, string> {
  return {
    customerId: customer.id,
    customerName: customer.name,
    region: customer.region,
    seats: String(customer.seats),
    motion: customer.motion,
    deliveryChannel: customer.deliveryChannel,
    fm: customer.fm === 'me' ? fm : customer.fm,
    accountManaged: customer.accountManaged ? 'yes' : 'no',
    accountTeam: customer.accountTeam.join(' '),
    language: customer.language,
    requestId: workload.requestId,
    workload: workload.workload,
    l1Status: workload.l1Status,
    engagementStartDate: weekdayNear(today, workload.startInDays),
    kickoffDate: weekdayNear(today, workload.kickoffInDays),
    activeUsers: String(workload.activeUsers),
    serviceStatus: workload.serviceStatus,
  };
}

/** A weekend becomes the Friday before, for days to come the Monday after: due stays due, later stays later. */
function weekdayNear(today: Temporal.PlainDate, inDays: number | null): string {
  if (inDays === null) {
    return '';
  }
  const day = today.add({ days: inDays });
  const daysPastFriday = Math.max(0, day.dayOfWeek - 5);
  return (
    inDays > 0 && daysPastFriday > 0 ? day.add({ days: 3 - daysPastFriday }) : day.subtract({ days: daysPastFriday })
  ).toString();
}
