import type { Customer, Workload } from '../records';

/** From this many seats on, the milestone is a number of users; below, a share of the seats (C1). */
const LARGE_SEATS = 1000;
const LARGE_USERS = 100;

/** How far a workload is from the end of enablement. */
export interface Milestone {
  /** Active users it takes. */
  readonly needed: number;
  readonly active: number;
  readonly seats: number;
  readonly reached: boolean;
}

/**
 * Enablement is complete at 100 active users, under 1,000 seats at 10 % active usage (C1). A tenth of a few seats is
 * still one person: without anybody active nothing has been enabled.
 */
export function milestoneOf(
  { seats }: Pick<Customer, 'seats'>,
  { activeUsers }: Pick<Workload, 'activeUsers'>,
): Milestone {
  const needed = seats >= LARGE_SEATS ? LARGE_USERS : Math.max(1, Math.ceil(seats / 10));
  return { needed, active: activeUsers, seats, reached: activeUsers >= needed };
}
