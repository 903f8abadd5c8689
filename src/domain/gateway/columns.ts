/** The columns of a Gateway CSV, in the order in which we write them; a file may have them in any order. */
export const CUSTOMER_COLUMNS = [
  'customerId',
  'customerName',
  'region',
  'seats',
  'motion',
  'deliveryChannel',
  'fm',
  'accountManaged',
  'accountTeam',
  'language',
] as const;
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

export const WORKLOAD_COLUMNS = [
  'requestId',
  'workload',
  'l1Status',
  'engagementStartDate',
  'kickoffDate',
  'activeUsers',
  'serviceStatus',
] as const;
export type WorkloadColumn = (typeof WORKLOAD_COLUMNS)[number];

export const GATEWAY_COLUMNS = [...CUSTOMER_COLUMNS, ...WORKLOAD_COLUMNS] as const;
export type GatewayColumn = (typeof GATEWAY_COLUMNS)[number];

/** Something wrong in a Gateway file, in words for the person who made the file. */
export interface GatewayProblem {
  /** Physical line, counted from 1, on which the row starts. */
  readonly line: number;
  /** Column name; empty when it is about the whole line or file. */
  readonly column: string;
  readonly problem: string;
}
