import path from "node:path";
import { posixZone } from "./posixZone.js";
import { zoneFile } from "./zoneFile.js";

/** What is added to UTC, in seconds, and how the time is called then. */
export interface LocalOffset {
  readonly offset: number;
  readonly isdst: boolean;
  readonly name: string;
}

/** The local time at a time in seconds since 1970. */
export type Zone = (time: number) => LocalOffset;

const known = new Map<string, Zone>();

/**
 * The zone that the variable TZ names, as glibc reads it. Node's Date knows only that of the process, not its
 * abbreviations, and not whether it is summer time.
 */
export function zoneOf(tz: string | undefined): Zone {
  const key = tz ?? ":";
  const zone = known.get(key) ?? (tz === undefined ? defaultZone() : namedZone(tz));
  known.set(key, zone);
  return zone;
}

function defaultZone(): Zone {
  return zoneFile("/etc/localtime") ?? (process.platform === "win32" ? nodeZone : utc);
}

function namedZone(tz: string): Zone {
  const name = tz.replace(/^:/, "");
  if (name === "") return utc;
  return zoneFile(path.resolve("/usr/share/zoneinfo", name)) ?? posixZone(name);
}

const utc: Zone = () => ({ offset: 0, isdst: false, name: "UTC" });

/** Where the system keeps no zone files: summer time is what is more than the least offset of its year. */
const nodeZone: Zone = (time) => {
  const date = new Date(time * 1000);
  const offset = offsetOf(date);
  const year = date.getFullYear();
  const standard = Math.min(offsetOf(new Date(year, 0, 1)), offsetOf(new Date(year, 6, 1)));
  const name = /\(([^)]*)\)/.exec(date.toString())?.[1] ?? "";
  return { offset, isdst: offset > standard, name };
};

function offsetOf(date: Date): number {
  return -date.getTimezoneOffset() * 60;
}
