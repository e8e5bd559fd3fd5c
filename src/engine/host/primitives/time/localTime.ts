import type { Environment } from "../environment.js";
import { bytesOf, textOf, type Value } from "../value.js";
import { type CivilTime, civilTime, secondsTo } from "./calendar.js";
import { formatTime, type ZonedTime } from "./strftime.js";
import { type LocalOffset, type Zone, zoneOf } from "./zone.js";

/** `isdst` is null where it is not known whether it is summer time. */
type Wanted = Omit<CivilTime, "wday" | "yday"> & { readonly isdst: boolean | null };

/** The times of a program, whose zone is that of its environment. */
export interface LocalTimes {
  local(time: number): ZonedTime;
  utc(time: number): ZonedTime;
  /** Seconds for local date fields, whose values need not be in their ranges. */
  make(wanted: Wanted): number;
}

export function localTimes(environment: Environment): LocalTimes {
  const zone: Zone = (time) => zoneOf(environment.get("TZ"))(time);
  // As in glibc the search for a local time starts with the offset that the last one had.
  let guess = 0;
  return {
    local: (time) => fieldsAt(time, zone(time)),
    utc: (time) => fieldsAt(time, { offset: 0, isdst: false, name: "GMT" }),
    make: (wanted) => {
      const found = makeTime(wanted, zone, guess);
      guess = found.guess;
      return found.time;
    },
  };
}

function fieldsAt(time: number, offset: LocalOffset): ZonedTime {
  return { ...civilTime(time + offset.offset), ...offset };
}

/** C's time functions: localtime, gmtime and mktime. */
export function timePrimitives(times: LocalTimes) {
  return {
    localTime: (time: number): Value => asValue(times.local(time)),
    utcTime: (time: number): Value => asValue(times.utc(time)),
    /** What strftime writes for a conversion that there is. */
    formatTime: (letter: Uint8Array, time: number, isUtc: boolean): Value =>
      bytesOf(formatTime(textOf(letter), isUtc ? times.utc(time) : times.local(time)) ?? ""),
    makeTime: (
      year: number,
      month: number,
      day: number,
      hour: number,
      min: number,
      sec: number,
      isdst: boolean | null,
    ) => times.make({ year, month, day, hour, min, sec, isdst }),
  };
}

function asValue({ name, ...fields }: ZonedTime): Value {
  return { ...fields, zone: bytesOf(name) };
}

/**
 * As mktime of glibc: what it makes of times that happen twice or never, and of a wrong `isdst`, programs
 * on Linux depend on.
 */
function makeTime(wanted: Wanted, zone: Zone, guess: number): { time: number; guess: number } {
  const second = Math.max(0, Math.min(59, wanted.sec));
  const target = secondsTo({ ...wanted, sec: second });
  const found = withSummerTime(
    search(target, wanted.isdst, zone, target + guess),
    target,
    wanted.isdst,
    zone,
  );
  return { time: found + wanted.sec - second, guess: found - target };
}

interface Found {
  readonly time: number;
  readonly exact: boolean;
}

/** Applies the offset at the guessed time until it stays; in a gap it goes back and forth. */
function search(target: number, isdst: boolean | null, zone: Zone, start: number): Found {
  let time = start;
  let last = start;
  let beforeLast = start;
  let lastWasSummer = false;
  for (let probe = 0; probe < 6; probe++) {
    const found = zone(time);
    const next = target - found.offset;
    if (next === time) return { time, exact: true };
    const prefers = isdst === null ? Number(lastWasSummer) <= Number(found.isdst) : isdst !== found.isdst;
    if (time === last && time !== beforeLast && prefers) return { time, exact: false };
    last = beforeLast;
    beforeLast = time;
    time = next;
    lastWasSummer = found.isdst;
  }
  return { time, exact: false };
}

/**
 * Looks around for a time with the wanted `isdst`, and takes the offset from there; where there is none, summer
 * time is an hour.
 */
function withSummerTime({ time, exact }: Found, target: number, isdst: boolean | null, zone: Zone): number {
  if (!exact || isdst === null || zone(time).isdst === isdst) return time;
  const stride = 601200;
  const bound = 457243209 / 2 + stride;
  for (let delta = stride; delta < bound; delta += stride) {
    for (const other of [time - delta, time + delta]) {
      const found = zone(other);
      if (found.isdst === isdst) return target - found.offset;
    }
  }
  return time + (isdst ? -3600 : 3600);
}
