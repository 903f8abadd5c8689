import type { Temporal } from 'temporal-polyfill';
import type { DateLocale } from '../date-lexicon';
import type { NumericDate } from '../date-token';
import { fullYear, isNearYear } from '../calendar-math';

export interface CalendarParts {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
}

/** Where the year does not usually come first, "32.1.27" is a slip and no day of 2032. */
const YEARS_AHEAD_FIRST = 3;
const OTHER_ORDERS = ['dmy', 'mdy'];

function inOrder(parts: readonly string[], order: string): CalendarParts | undefined {
  const part = (letter: string): number => Number(parts[order.indexOf(letter)]);
  const month = part('m');
  const day = part('d');
  const year = order.includes('y') ? part('y') : undefined;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : undefined;
}

function allIn(parts: readonly string[], orders: readonly string[]): CalendarParts[] {
  return orders.flatMap((order) => inOrder(parts, order) ?? []);
}

/** A two-digit year far away is more likely a day in another order. */
function isNear(year: number | undefined, today: Temporal.PlainDate): boolean {
  return year === undefined || isNearYear(fullYear(year), today);
}

/**
 * What a numeric date may mean, most likely first: four digits are the year wherever they stand; else the orders of
 * the language, and other orders besides when those would mean a year far away ("15/3/27" in Chinese).
 */
export function readOrders(
  numeric: NumericDate,
  orders: DateLocale['numericOrders'],
  today: Temporal.PlainDate,
): CalendarParts[] {
  const { parts } = numeric;
  if (parts.length === 2) {
    return allIn(parts, orders.short);
  }
  if (parts[0]?.length === 4) {
    return allIn(parts, ['ymd']);
  }
  if (parts[2]?.length === 4) {
    const yearLast = orders.full.filter((order) => order.endsWith('y'));
    return allIn(parts, yearLast.length > 0 ? yearLast : OTHER_ORDERS);
  }
  const own = allIn(parts, orders.full);
  if (own.some((one) => isNear(one.year, today))) {
    return own.filter((one) => isNear(one.year, today));
  }
  const yearFirst = allIn(parts, ['ymd']).filter(({ year = 0 }) => fullYear(year) <= today.year + YEARS_AHEAD_FIRST);
  const others = [...yearFirst, ...allIn(parts, OTHER_ORDERS)].filter((one) => isNear(one.year, today));
  return [...others, ...own];
}
