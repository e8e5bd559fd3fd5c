import { civilTime, daysTo } from "./calendar.js";
import type { LocalOffset, Zone } from "./zone.js";

/** When a rule applies: the day of a year, and seconds after midnight in the local time before the change. */
interface Change {
  dayIn(year: number): number;
  readonly seconds: number;
}

interface Reader {
  text: string;
}

const NAME = /^(?:<([A-Za-z0-9+-]{3,})>|([A-Za-z]{3,}))/;
const TIME = /^([+-]?)(\d{1,3})(?::(\d{1,2}))?(?::(\d{1,2}))?/;

/** A time zone in the words of POSIX, as `CET-1CEST,M3.5.0,M10.5.0/3`. What is none is UTC under that name. */
export function posixZone(text: string): Zone {
  const reader: Reader = { text };
  const name = readName(reader) ?? "";
  const west = readTime(reader);
  if (west === null) return () => ({ offset: 0, isdst: false, name });
  const standard: LocalOffset = { offset: -west, isdst: false, name };
  const summerName = readName(reader);
  if (summerName === null) return () => standard;
  const summerWest = readTime(reader);
  const offset = summerWest === null ? standard.offset + 3600 : -summerWest;
  const rules = reader.text.startsWith(",") ? reader : { text: ",M3.2.0,M11.1.0" };
  return twoOffsets(
    standard,
    { offset, isdst: true, name: summerName },
    readChange(rules),
    readChange(rules),
  );
}

/** Summer time may lie around the turn of the year. */
function twoOffsets(standard: LocalOffset, summer: LocalOffset, start: Change, end: Change): Zone {
  return (time) => {
    const { year } = civilTime(time);
    // glibc takes the changes of earlier years for those of 1970.
    const shift = year < 1970 ? daysTo(year, 1, 1) : 0;
    const begins = (start.dayIn(year) - shift) * 86400 + start.seconds - standard.offset;
    const ends = (end.dayIn(year) - shift) * 86400 + end.seconds - summer.offset;
    const isSummer = begins > ends ? time < ends || time >= begins : time >= begins && time < ends;
    return isSummer ? summer : standard;
  };
}

function readName(reader: Reader): string | null {
  const match = read(reader, NAME);
  return match === null ? null : (match[1] ?? match[2] ?? "");
}

function readTime(reader: Reader): number | null {
  const match = read(reader, TIME);
  if (match === null) return null;
  const [, sign, hours, minutes, seconds] = match;
  const total = Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === "-" ? -total : total;
}

function readChange(reader: Reader): Change {
  const match = read(reader, /^,(?:M(\d+)\.(\d)\.(\d)|(J?)(\d+))/) ?? [];
  const [, month, week, weekday, julian, day] = match;
  const seconds = (read(reader, /^\//) === null ? null : readTime(reader)) ?? 7200;
  if (month === undefined) return { dayIn: dayRule(julian === "J", Number(day ?? 0)), seconds };
  return { dayIn: weekdayRule(Number(month), Number(week), Number(weekday)), seconds };
}

/** The n-th day of a year; with `J` 29 February is not counted. */
function dayRule(skipsLeapDay: boolean, number: number): (year: number) => number {
  return (year) => {
    const leap = daysTo(year, 3, 1) - daysTo(year, 2, 1) === 29;
    if (!skipsLeapDay) return daysTo(year, 1, 1) + number;
    return daysTo(year, 1, 1) + number - 1 + (leap && number >= 60 ? 1 : 0);
  };
}

/** The n-th Sunday (0) to Saturday of a month; the fifth is the last one. */
function weekdayRule(month: number, week: number, weekday: number): (year: number) => number {
  return (year) => {
    const first = daysTo(year, month, 1);
    const firstWeekday = (((first + 4) % 7) + 7) % 7;
    const day = first + ((weekday - firstWeekday + 7) % 7) + (week - 1) * 7;
    return day >= daysTo(year, month + 1, 1) ? day - 7 : day;
  };
}

function read(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  const match = pattern.exec(reader.text);
  if (match !== null) reader.text = reader.text.slice(match[0].length);
  return match;
}
