/** What a program has, in lines. */

import type { Colors } from "picocolors/types.js";
import { printable, visible } from "../../files/visible.js";
import type { Frame, Scope, StopReason, Thread, Variable } from "../protocol.js";
import { shownFile } from "./stopPoints.js";

/** `src/app.lua:12 in function 'add'` */
export function frameText({ source, line, name, isC }: Frame, cwd: string): string {
  const place = isC || line === 0 ? visible(source) : `${shownFile(source, cwd)}:${line}`;
  return `${place} in ${visible(name)}`;
}

const reasons: Readonly<Record<StopReason, string>> = {
  entry: "Begins at",
  step: "At",
  breakpoint: "Breakpoint",
  pause: "Paused at",
  error: "Error at",
  failure: "Failure at",
  watch: "Watch",
  dbg: "dbg() at",
};

/** Why and where a program stands still. */
export function stopText(
  reason: StopReason,
  breakpoints: readonly number[],
  frame: Frame,
  cwd: string,
): string {
  const ids = breakpoints.length === 0 ? "" : ` ${breakpoints.join(", ")} at`;
  return `${reasons[reason]}${ids} ${frameText(frame, cwd)}`;
}

/** Calls, the innermost first; `total` is how many there are. */
export function traceText(
  frames: readonly Frame[],
  total: number,
  { current, cwd, colors }: { readonly current: number; readonly cwd: string; readonly colors: Colors },
): string[] {
  const width = String(frames.at(-1)?.index ?? 0).length;
  const rows = frames.map((frame) => {
    const arrow = frame.index === current ? colors.bold("=>") : "  ";
    const tail = frame.isTail ? " (after tail calls)" : "";
    return `${arrow} ${String(frame.index).padStart(width)} ${frameText(frame, cwd)}${tail}`;
  });
  const left = total - frames.length;
  return left > 0 ? [...rows, `… ${left} more`] : rows;
}

/** Coroutines with where they are. */
export function threadsText(threads: readonly Thread[], colors: Colors): string[] {
  const width = Math.max(...threads.map(({ id }) => String(id).length));
  return threads.map(({ id, status, isCurrent, place }) => {
    const arrow = isCurrent ? colors.bold("=>") : "  ";
    return `${arrow} ${String(id).padStart(width)} ${status.padEnd(9)} ${visible(place)}`.trimEnd();
  });
}

const titles: Readonly<Record<Scope["kind"], string>> = {
  locals: "Locals",
  varargs: "Varargs",
  upvalues: "Upvalues",
  globals: "Globals",
};

/** Variables of a scope below its name; `total` is how many there are. */
export function scopeText(kind: Scope["kind"], variables: readonly Variable[], total: number): string[] {
  const rows = variables.map(({ name, text, isShadowed }) => {
    return `  ${printable(`${name} = ${text}`)}${isShadowed ? "  (hidden by one further in)" : ""}`;
  });
  const left = total - variables.length;
  return [`${titles[kind]}:`, ...rows, ...(left > 0 ? [`  … ${left} more`] : [])];
}

/** What comes with Lua, as far as that is to be seen by names and kinds. */
export function isOfLua({ name, text }: Variable): boolean {
  return libraries.has(name) || text.startsWith("builtin ");
}

const libraries: ReadonlySet<string> = new Set(
  "_G _VERSION bit bit32 coroutine debug ffi io jit math os package string table utf8".split(" "),
);
