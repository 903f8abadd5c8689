import { Temporal } from 'temporal-polyfill';

/**
 * @returns the zone as the database spells it, undefined where it has none of that name. Not as Intl spells it, which turns
 * Asia/Kolkata into Asia/Calcutta; and an instant is no zone, although Temporal would take its offset.
 */
export function zoneNamed(name: string): string | undefined {
  try {
    return /\dT\d/i.test(name)
      ? undefined
      : Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined;
  }
}
