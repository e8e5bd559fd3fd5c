import { type CivilTime, civilTime, secondsTo } from "./calendar.js";
import type { Environment } from "./environment.js";
import { bytesOf, type Value } from "./value.js";
import { type Zone, zoneOf } from "./zone.js";

type Wanted = Omit<CivilTime, "wday" | "yday"> & { readonly isdst: boolean | null };

/** C's time functions: localtime, gmtime and mktime. */
export function timePrimitives(environment: Environment) {
  const zone: Zone = (time) => zoneOf(environment.get("TZ"))(time);
  // As in glibc the search for a local time starts with the offset that the last one had.
  let guess = 0;
  return {
    localTime: (time: number): Value => fieldsAt(time, zone),
    utcTime: (time: number): Value => fieldsAt(time, () => ({ offset: 0, isdst: false, name: "GMT" })),
    /** Seconds for local date fields, whose values need not be in their ranges. */
    makeTime: (
      year: number,
      month: number,
      day: number,
      hour: number,
      min: number,
      sec: number,
      isdst: boolean | null,
    ) => {
      const found = makeTime({ year, month, day, hour, min, sec, isdst }, zone, guess);
      guess = found.guess;
      return found.time;
    },
  };
}

function fieldsAt(time: number, zone: Zone): Value {
  const { offset, isdst, name } = zone(time);
  return { ...civilTime(time + offset), isdst, offset, zone: bytesOf(name) };
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
