import { Temporal } from 'temporal-polyfill';
import type { Holidays } from './ports/holidays';

/** Years of holidays kept per country; a schedule never looks further than the next year or two. */
const MOST_YEARS = 8;

/**
 * Public holidays from `date-holidays`. Its calendars of all countries take a second to load: they are loaded when the
 * first FM who chose a country is reminded.
 */
export function createPublicHolidays(): Holidays {
  const calendars = new Map<string, Promise<(day: Temporal.PlainDate) => boolean>>();
  return {
    of: async (country) => {
      let calendar = calendars.get(country);
      if (!calendar) {
        calendar = calendarOf(country);
        calendars.set(country, calendar);
      }
      return calendar;
    },
  };
}

const DAY_MS = 86_400_000;

/** Some last for days (Eid); those of the lunar calendar begin at the sunset before. */
function daysOf({ date, start, end }: { readonly date: string; readonly start: Date; readonly end: Date }): string[] {
  const first = Temporal.PlainDate.from(date.slice(0, 10));
  const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return Array.from({ length: count }, (_unused, index) => first.add({ days: index }).toString());
}

async function calendarOf(country: string): Promise<(day: Temporal.PlainDate) => boolean> {
  const { default: Calendar } = await import('date-holidays');
  const calendar = new Calendar(country);
  const years = new Map<number, ReadonlySet<string>>();
  return (day) => {
    let days = years.get(day.year);
    if (!days) {
      const found = calendar.getHolidays(day.year).filter(({ type }) => type === 'public');
      days = new Set(found.flatMap(daysOf));
      if (years.size >= MOST_YEARS) {
        years.clear();
      }
      years.set(day.year, days);
    }
    return days.has(day.toString());
  };
}
