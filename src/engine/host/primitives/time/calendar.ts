/** A point in a day of the Gregorian calendar. Months and days of the year begin at 1, Sunday is weekday 1. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly min: number;
  readonly sec: number;
  readonly wday: number;
  readonly yday: number;
}

const DAY = 86400;
/** The calendar repeats after 400 years, which are counted from a 1 March. */
const ERA_DAYS = 146097;
const EPOCH_SHIFT = 719468;

/** Days from 1970-01-01 to a date; months beyond the year and days beyond the month are carried over. */
export function daysTo(year: number, month: number, day: number): number {
  const shifted = year * 12 + month - 3;
  const marchYear = Math.floor(shifted / 12);
  const marchMonth = shifted - marchYear * 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const monthDays = Math.floor((153 * marchMonth + 2) / 5);
  return marchYear * 365 + leapDays + monthDays + day - 1 - EPOCH_SHIFT;
}

/** Seconds from 1970-01-01 00:00 to a civil time, whose fields may be out of their ranges, without time zone. */
export function secondsTo(time: Omit<CivilTime, "wday" | "yday">): number {
  return daysTo(time.year, time.month, time.day) * DAY + time.hour * 3600 + time.min * 60 + time.sec;
}

/** The inverse of `secondsTo`. */
export function civilTime(seconds: number): CivilTime {
  const days = Math.floor(seconds / DAY);
  const rest = seconds - days * DAY;
  const { year, month, day } = civilDate(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3600),
    min: Math.floor(rest / 60) % 60,
    sec: rest % 60,
    wday: ((((days + 4) % 7) + 7) % 7) + 1,
    yday: days - daysTo(year, 1, 1) + 1,
  };
}

function civilDate(days: number) {
  const shifted = days + EPOCH_SHIFT;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const leap = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
  const yearOfEra = Math.floor((dayOfEra - leap) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
