import type { Customer } from '../records';
import { DELIVERY_CHANNELS, L1_STATUSES, LANGUAGES, REGIONS, SERVICE_STATUSES } from '../vocabulary';
import type { GatewayColumn } from './columns';
import { GATEWAY_COLUMNS } from './columns';
import type { GatewayWorkload } from './records';
import type { Value } from './values';
import {
  accountTeamValue,
  choiceValue,
  countValue,
  idValue,
  nameValue,
  optionalAddressValue,
  optionalDateValue,
  workloadValue,
} from './values';

const YES_NO = ['yes', 'no'] as const;

/** How each cell is read. */
const READERS = {
  customerId: idValue,
  customerName: nameValue,
  region: (text: string) => choiceValue(REGIONS, text),
  seats: countValue,
  motion: nameValue,
  deliveryChannel: (text: string) => choiceValue(DELIVERY_CHANNELS, text),
  fm: optionalAddressValue,
  accountManaged: (text: string) => choiceValue(YES_NO, text),
  accountTeam: accountTeamValue,
  language: (text: string) => choiceValue(LANGUAGES, text),
  requestId: nameValue,
  workload: workloadValue,
  l1Status: (text: string) => choiceValue(L1_STATUSES, text),
  engagementStartDate: optionalDateValue,
  kickoffDate: optionalDateValue,
  activeUsers: countValue,
  serviceStatus: (text: string) => choiceValue(SERVICE_STATUSES, text),
} satisfies Record<GatewayColumn, (text: string) => Value<unknown>>;

type Read<R> = R extends (text: string) => Value<infer T> ? T : never;

/** The values of one row, by column. */
export type RowValues = { readonly [C in GatewayColumn]: Read<(typeof READERS)[C]> };

/** A row as far as it could be read: what is in order, and what is not. */
export interface ReadRow {
  readonly values: Partial<RowValues>;
  readonly problems: readonly { readonly column: GatewayColumn; readonly problem: string }[];
}

/** Reads every cell of a row and names every cell that is wrong. */
export function readRow(cellOf: (column: GatewayColumn) => string): ReadRow {
  const values: Partial<Record<GatewayColumn, unknown>> = {};
  const problems: { column: GatewayColumn; problem: string }[] = [];
  for (const column of GATEWAY_COLUMNS) {
    const read: Value<unknown> = READERS[column](cellOf(column));
    if (read.ok) {
      values[column] = read.value;
    } else {
      problems.push({ column, problem: read.problem });
    }
  }
  return { values: values as Partial<RowValues>, problems };
}

/** The customer that a faultless row describes. */
export function customerOfRow(values: RowValues): Customer {
  return {
    id: values.customerId,
    name: values.customerName,
    region: values.region,
    seats: values.seats,
    motion: values.motion,
    deliveryChannel: values.deliveryChannel,
    fm: values.fm,
    accountManaged: values.accountManaged === 'yes',
    accountTeam: values.accountTeam,
    language: values.language,
  };
}

/** The workload that a faultless row describes. */
export function workloadOfRow(values: RowValues): GatewayWorkload {
  return {
    workload: values.workload,
    requestId: values.requestId,
    l1Status: values.l1Status,
    serviceStatus: values.serviceStatus,
    startDate: values.engagementStartDate && { date: values.engagementStartDate, precision: 'day' },
    kickoffDate: values.kickoffDate,
    activeUsers: values.activeUsers,
  };
}
