/** What stands behind the words of commands. */

import { isExpression } from "../../luaText.js";
import type { BreakpointRequest, LineRange, Place, TerminalCommand } from "./command.js";

/** `12`, `src/app.lua:12`; null for anything else. */
export function parsePlace(text: string): Place | null {
  const [, file, line] = /^(?:(.+):)?(\d+)$/.exec(text) ?? [];
  return line === undefined || Number(line) === 0 ? null : { file: file ?? null, line: Number(line) };
}

/** `12`, `app.lua:12` or a function's name, `if CONDITION`, `after N`. A sentence for anything else. */
export function parseBreakpoint(text: string): BreakpointRequest | string {
  const [, where = "", condition = null, times] =
    /^(.*?)(?:\s+if\s+(.+?))?(?:\s+after\s+(\d+))?$/s.exec(text) ?? [];
  const at = parsePlace(where) ?? (functionName.test(where) ? { name: where } : null);
  if (at === null)
    return `"${where}" is no LINE, FILE:LINE or name of a function, as in: b src/app.lua:12 if n > 3 after 2`;
  if (condition !== null && !isExpression(condition)) return `No Lua reads the condition "${condition}"`;
  return { at, condition, after: times === undefined ? null : Math.max(1, Number(times)) };
}

const functionName = /^[A-Za-z_]\w*([.:][A-Za-z_]\w*)*$/;

/** What `list` shows: nothing named, `12`, `app.lua:12`, `10-30`, `app.lua:10-30`; null for anything else. */
export function parseLines(text: string): { file: string | null; lines: LineRange | null } | null {
  if (text === "") return { file: null, lines: null };
  const [, named, from, to] = /^(?:(.+):)?(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined) return null;
  const lines = { from: Number(from), to: Number(to ?? from), isAround: to === undefined };
  return { file: named ?? null, lines };
}

/** `12 n is {n}`, `app.lua:12 n is {n}`. */
export function parseLog(text: string): TerminalCommand | string {
  const [, where = "", said = ""] = /^(\S+)\s+(.+)$/s.exec(text) ?? [];
  const place = parsePlace(where);
  if (place === null)
    return "log takes a place and what is said there, as in: log src/app.lua:12 n is {n + 1}";
  return { kind: "log", place, text: said };
}

/** A number from 1 on; 1 for nothing, null for anything else. */
export function parseCount(text: string): number | null {
  if (text === "") return 1;
  return /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
