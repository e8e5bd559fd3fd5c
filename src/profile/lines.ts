import type { Profile, ProfiledFunction } from "../types.js";
import { addTo } from "./sum.js";

/** The time in a line, of whatever function, in microseconds. */
export interface LineTime {
  readonly file: string;
  readonly line: number;
  readonly self: number;
}

/** The time of a profile by where it was. Both add up to the whole. */
export interface LineTimes {
  readonly lines: readonly LineTime[];
  /** The time of functions of which nobody knows in which line it was, as of those in C. */
  readonly elsewhere: readonly { readonly fn: ProfiledFunction; readonly self: number }[];
}

export function lineTimes({ functions, nodes }: Profile): LineTimes {
  const files = new Map<string, Map<number, number>>();
  const others = new Map<ProfiledFunction, number>();
  for (const { fn, self, lines } of nodes) {
    const called = functions[fn];
    if (called === undefined) continue;
    const known = called.file === null ? [] : lines;
    for (const [line, time] of known) addTo(linesOf(files, called.file ?? ""), line, time);
    const rest = known.reduce((sum, [, time]) => sum - time, self);
    if (rest !== 0) addTo(others, called, rest);
  }
  return {
    lines: [...files].flatMap(([file, lines]) => Array.from(lines, ([line, self]) => ({ file, line, self }))),
    elsewhere: Array.from(others, ([fn, self]) => ({ fn, self })),
  };
}

/** The time in each line of a file, in microseconds. */
export function timesInFile({ functions, nodes }: Profile, file: string): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const { fn, lines } of nodes) {
    if (functions[fn]?.file === file) for (const [line, self] of lines) addTo(times, line, self);
  }
  return times;
}

function linesOf(files: Map<string, Map<number, number>>, file: string): Map<number, number> {
  const known = files.get(file) ?? new Map<number, number>();
  files.set(file, known);
  return known;
}
