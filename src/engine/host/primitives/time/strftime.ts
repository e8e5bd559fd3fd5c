import { type CivilTime, daysTo } from "./calendar.js";
import type { LocalOffset } from "./zone.js";

/** A time, and the zone that it is in. */
export type ZonedTime = CivilTime & LocalOffset;

/** What C's strftime writes in the locale "C" for a conversion by its letter; null where there is none. */
export function formatTime(letter: string, time: ZonedTime): string | null {
  return conversions[letter]?.(time) ?? null;
}

/** The text of a format of strftime, whose unknown conversions stay as they are. E and O change nothing in that locale. */
export function strftime(format: string, time: ZonedTime): string {
  return format.replace(
    /%[EO]?(.)/gs,
    (conversion, letter: string) => formatTime(letter, time) ?? conversion,
  );
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

const padded = (value: number, width = 2, filler = "0") => String(value).padStart(width, filler);
const dayName = ({ wday }: ZonedTime) => days[wday - 1] ?? "";
const monthName = ({ month }: ZonedTime) => months[month - 1] ?? "";
const ofOthers = (format: string) => (time: ZonedTime) => strftime(format, time);

const conversions: Readonly<Record<string, (time: ZonedTime) => string>> = {
  a: (time) => dayName(time).slice(0, 3),
  A: dayName,
  b: (time) => monthName(time).slice(0, 3),
  B: monthName,
  c: ofOthers("%a %b %e %H:%M:%S %Y"),
  C: ({ year }) => padded(Math.floor(year / 100)),
  d: ({ day }) => padded(day),
  D: ofOthers("%m/%d/%y"),
  e: ({ day }) => padded(day, 2, " "),
  F: ofOthers("%Y-%m-%d"),
  g: (time) => padded(isoWeek(time).year % 100),
  G: (time) => String(isoWeek(time).year),
  h: ofOthers("%b"),
  H: ({ hour }) => padded(hour),
  I: ({ hour }) => padded(((hour + 11) % 12) + 1),
  j: ({ yday }) => padded(yday, 3),
  m: ({ month }) => padded(month),
  M: ({ min }) => padded(min),
  n: () => "\n",
  p: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  r: ofOthers("%I:%M:%S %p"),
  R: ofOthers("%H:%M"),
  s: (time) => String(secondsOf(time)),
  S: ({ sec }) => padded(sec),
  t: () => "\t",
  T: ofOthers("%H:%M:%S"),
  u: ({ wday }) => String(((wday + 5) % 7) + 1),
  U: (time) => padded(week(time, 0)),
  V: (time) => padded(isoWeek(time).week),
  w: ({ wday }) => String(wday - 1),
  W: (time) => padded(week(time, 1)),
  x: ofOthers("%m/%d/%y"),
  X: ofOthers("%H:%M:%S"),
  y: ({ year }) => padded(((year % 100) + 100) % 100),
  Y: ({ year }) => String(year),
  z: ({ offset }) => {
    const minutes = Math.floor(Math.abs(offset) / 60);
    return `${offset < 0 ? "-" : "+"}${padded(Math.floor(minutes / 60))}${padded(minutes % 60)}`;
  },
  Z: ({ name }) => name,
  "%": () => "%",
};

function secondsOf({ year, month, day, hour, min, sec, offset }: ZonedTime): number {
  return daysTo(year, month, day) * 86400 + hour * 3600 + min * 60 + sec - offset;
}

/** Of a day counted from 0, when weeks start on the weekday that is `shift` days after Sunday. */
function week({ yday, wday }: ZonedTime, shift: number): number {
  return Math.floor((yday + 6 - ((wday + 6 - shift) % 7)) / 7);
}

/** ISO 8601: weeks start on Monday, and the first one has the year's first Thursday. */
function isoWeek({ year, yday, wday }: ZonedTime): { readonly year: number; readonly week: number } {
  const thursday = yday - ((wday + 5) % 7) + 3;
  if (thursday < 1) return { year: year - 1, week: Math.floor((thursday + lengthOf(year - 1) + 6) / 7) };
  if (thursday > lengthOf(year)) return { year: year + 1, week: 1 };
  return { year, week: Math.floor((thursday + 6) / 7) };
}

function lengthOf(year: number): number {
  return daysTo(year + 1, 1, 1) - daysTo(year, 1, 1);
}
