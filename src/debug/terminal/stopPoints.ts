import path from "node:path";
import { visible, visibleName } from "../../files/visible.js";
import type { Breakpoint, BreakpointState, ErrorMode, FunctionBreakpoint, InFrame } from "../protocol.js";

/** An expression that is watched, where it was set: so many calls from the first one of its coroutine. */
export interface Watch {
  readonly id: number;
  readonly expression: string;
  readonly thread: number;
  readonly height: number;
  readonly name: string;
}

/** What is to stop programs, from one program to the next; watches are of one program. */
export interface StopPoints {
  readonly lines: readonly Breakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
  readonly watches: readonly Watch[];
  readonly errors: ErrorMode;
  /** Lua patterns of files in which no step ends. */
  readonly skip: readonly string[];
  /** The number of the next one. */
  readonly nextId: number;
}

/** Nothing stops a program. */
export const noStopPoints: StopPoints = {
  lines: [],
  functions: [],
  watches: [],
  errors: "never",
  skip: [],
  nextId: 1,
};

/** Whether anything but steps will stop a program. */
export function stopsPrograms({ lines, functions, errors }: StopPoints): boolean {
  return lines.length > 0 || functions.length > 0 || errors !== "never";
}

/** Without a number, or without any; null if there is none of that number. */
export function without(points: StopPoints, id: number | "all"): StopPoints | null {
  if (id === "all") return { ...points, lines: [], functions: [], watches: [] };
  const others = <Point extends { readonly id: number }>(all: readonly Point[]) =>
    all.filter((each) => each.id !== id);
  const { lines, functions, watches } = points;
  const left = {
    ...points,
    lines: others(lines),
    functions: others(functions),
    watches: others(watches),
  };
  return sizeOf(left) === sizeOf(points) ? null : left;
}

function sizeOf({ lines, functions, watches }: StopPoints): number {
  return lines.length + functions.length + watches.length;
}

/** Those that stopped a program and were for once are gone. */
export function afterStop(points: StopPoints, ids: readonly number[]): StopPoints {
  const stays = ({ id, isTemporary }: { id: number; isTemporary?: boolean }) =>
    isTemporary !== true || !ids.includes(id);
  return { ...points, lines: points.lines.filter(stays), functions: points.functions.filter(stays) };
}

/** The line of a breakpoint is the one where the program stops. */
export function moved(points: StopPoints, { id, line }: BreakpointState): StopPoints {
  if (line === null) return points;
  return { ...points, lines: points.lines.map((each) => (each.id === id ? { ...each, line } : each)) };
}

/** All by their numbers, a line for each. */
export function listed({ lines, functions, watches }: StopPoints, cwd: string): string[] {
  const shown = [
    ...lines.map((each) => ({ id: each.id, text: `${placeOf(each, cwd)}${detailsOf(each)}` })),
    ...functions.map((each) => ({ id: each.id, text: `function ${each.name}${detailsOf(each)}` })),
    ...watches.map(({ id, expression, name }) => ({ id, text: `watch ${visible(expression)} in ${name}` })),
  ];
  const width = String(Math.max(...shown.map(({ id }) => id))).length;
  return shown.sort((a, b) => a.id - b.id).map(({ id, text }) => `${String(id).padStart(width)}  ${text}`);
}

/** `src/app.lua:12` */
export function placeOf({ file, line }: Pick<Breakpoint, "file" | "line">, cwd: string): string {
  return `${shownFile(file, cwd)}:${line}`;
}

/** A file as seen from a folder; what is outside of it has its whole name. */
export function shownFile(file: string, cwd: string): string {
  const relative = path.isAbsolute(file) ? path.relative(cwd, file) : file;
  return visibleName(relative.startsWith("..") ? file : relative);
}

type Details = Pick<Breakpoint, "condition" | "hits" | "log" | "isTemporary">;

function detailsOf({ condition, hits, log, isTemporary }: Details): string {
  return [
    condition === undefined ? "" : ` if ${visible(condition)}`,
    hits === undefined ? "" : ` after ${hits}`,
    log === undefined ? "" : ` says ${visible(log)}`,
    isTemporary === true ? ", once" : "",
  ].join("");
}

/** Where an expression is watched, by the number of calls in its coroutine now. */
export function frameOf({ thread, height }: Watch, total: number): InFrame {
  return { thread, frame: total - height };
}
