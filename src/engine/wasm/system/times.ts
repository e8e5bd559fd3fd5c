import type { LocalTimes } from "../../host/primitives/time/localTime.js";
import { strftime, type ZonedTime } from "../../host/primitives/time/strftime.js";
import type { Imports, Machine } from "../machine/machine.js";
import type { MachineMemory } from "../machine/memory.js";
import type { WideTimes } from "./wideTimes.js";

/** Years from 1900 of `struct tm` have 32 bits. */
const lastYear = 2 ** 31 - 1 + 1900;

/** What C's library asks of clocks and calendars. */
export function timeImports(
  machine: () => Machine,
  times: LocalTimes,
  wide: WideTimes,
  now = secondsNow,
): Imports {
  const memory = () => machine().memory;
  // Names of zones stay where C has seen them.
  const zones = new Map<string, number>();
  const zoneAt = (name: string): number => {
    const at = zones.get(name) ?? copyOf(machine(), Buffer.from(`${name}\0`));
    zones.set(name, at);
    return at;
  };
  /** Null stands for a time that has no calendar. */
  const writeTime = (at: number, time: ZonedTime): number => {
    if (!(Math.abs(time.year) <= lastYear)) return 0;
    for (const [index, value] of fieldsOf(time).entries()) memory().setWord(at + index * 4, value);
    memory().setWord(at + zoneOffset, zoneAt(time.name));
    return at;
  };
  return {
    clock: () => -1,
    clock_gettime: (_clock = 0, at = 0) => {
      memory().setWord(at, now());
      memory().setWord(at + 4, (Date.now() % 1000) * 1e6);
      return 0;
    },
    time: (at = 0) => {
      if (at !== 0) memory().setWord(at, now());
      return now();
    },
    difftime: (later = 0, earlier = 0) => later - earlier,
    gmtime_r: (time = 0, at = 0) => writeTime(at, times.utc(wide.of(signed(memory().word(time))))),
    localtime_r: (time = 0, at = 0) => writeTime(at, times.local(wide.of(signed(memory().word(time))))),
    mktime: (at = 0) => {
      const [sec = 0, min = 0, hour = 0, day = 0, month = 0, year = 0, , , isdst = 0] = wordsAt(memory(), at);
      const wanted = { sec, min, hour, day, month: month + 1, year: year + 1900 };
      const time = times.make({ ...wanted, isdst: isdst < 0 ? null : isdst > 0 });
      return writeTime(at, times.local(time)) === 0 ? -1 : wide.made(time);
    },
    strftime: (to = 0, room = 0, format = 0, at = 0) => {
      const text = Buffer.from(memory().text(format)).toString("latin1");
      const bytes = Buffer.from(strftime(text, timeAt(memory(), at)), "latin1");
      if (bytes.length >= room) return 0;
      memory().write(to, Buffer.concat([bytes, Uint8Array.of(0)]));
      return bytes.length;
    },
  };
}

/** Since 1970. */
export function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

/** `struct tm` of C: nine numbers, the offset to UTC, and the name of the zone. */
const zoneOffset = 40;

function fieldsOf({ sec, min, hour, day, month, year, wday, yday, isdst, offset }: ZonedTime): number[] {
  return [sec, min, hour, day, month - 1, year - 1900, wday - 1, yday - 1, Number(isdst), offset];
}

function timeAt(memory: MachineMemory, at: number): ZonedTime {
  const [
    sec = 0,
    min = 0,
    hour = 0,
    day = 0,
    month = 0,
    year = 0,
    wday = 0,
    yday = 0,
    isdst = 0,
    offset = 0,
  ] = wordsAt(memory, at);
  const name = Buffer.from(memory.text(memory.word(at + zoneOffset))).toString("latin1");
  const date = { year: year + 1900, month: month + 1, day, wday: wday + 1, yday: yday + 1 };
  return { ...date, hour, min, sec, isdst: isdst > 0, offset, name };
}

function wordsAt(memory: MachineMemory, at: number): number[] {
  return Array.from({ length: 10 }, (_, index) => signed(memory.word(at + index * 4)));
}

function signed(word: number): number {
  return word | 0;
}

function copyOf(machine: Machine, bytes: Uint8Array): number {
  const at = machine.function("malloc")(bytes.length);
  machine.memory.write(at, bytes);
  return at;
}
