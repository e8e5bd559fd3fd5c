/** Where an editor wants programs to stop. */

import { isDeepStrictEqual } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import { isFile, readContent, realPath } from "../../files/files.js";
import { breakpointPlace, linesWithCode } from "../places.js";
import type { Breakpoint, BreakpointState, FunctionBreakpoint } from "../protocol.js";
import { hitsIn } from "./hits.js";
import { request } from "./request.js";
import type { AdapterSession } from "./session.js";
import { update } from "./update.js";

/** A breakpoint as it was asked for, and what is known of it. */
interface Point {
  /** Null for what can stop nowhere. */
  readonly breakpoint: Breakpoint | null;
  readonly shown: DebugProtocol.Breakpoint;
}

export interface StopPoints {
  /** By file, absolute and real. */
  readonly files: Map<string, readonly Point[]>;
  functions: readonly FunctionBreakpoint[];
  /** How many there ever were, which is the number of the last one. */
  count: number;
}

const condition = v.optional(v.string());
const wanted = v.object({ line: v.number(), condition, hitCondition: condition, logMessage: condition });
type Wanted = v.InferOutput<typeof wanted>;

const source = v.object({ path: v.optional(v.string()) });

/** All breakpoints of a file, in place of those that there were. */
export const setBreakpoints = request(
  v.object({ source, breakpoints: v.optional(v.array(wanted), []) }),
  async (session, given) => {
    const { path } = given.source;
    const file = path !== undefined && isFile(path) ? realPath(path) : null;
    const text = file === null ? null : readContent(file);
    const points = given.breakpoints.map((each) => pointFor(session, file, text, each));
    if (file !== null) session.points.files.set(file, points);
    await update(session, "breakpoints");
    return { breakpoints: points.map(({ shown }) => shown) };
  },
);

export const setFunctionBreakpoints = request(
  v.object({ breakpoints: v.array(v.object({ name: v.string(), condition, hitCondition: condition })) }),
  async (session, given) => {
    const points = given.breakpoints.map(({ name, condition, hitCondition }) => {
      const id = ++session.points.count;
      const hits = hitsIn(hitCondition);
      if (typeof hits === "string") return { shown: { id, verified: false, message: hits }, breakpoint: [] };
      return { shown: { id, verified: true }, breakpoint: [{ id, name, ...conditions(condition, hits) }] };
    });
    session.points.functions = points.flatMap(({ breakpoint }) => breakpoint);
    await update(session, "breakpoints");
    return { breakpoints: points.map(({ shown }) => shown) };
  },
);

/** Lines with code. */
export const breakpointLocations = request(
  v.object({ source, line: v.number(), endLine: v.optional(v.number()) }),
  ({ client }, given) => {
    const { path } = given.source;
    if (path === undefined || !isFile(path)) return { breakpoints: [] };
    const from = given.line - client.firstLine + 1;
    const to = (given.endLine ?? given.line) - client.firstLine + 1;
    const lines = linesWithCode(readContent(path)).filter((line) => from <= line && line <= to);
    return { breakpoints: lines.map((line) => ({ line: line - 1 + client.firstLine })) };
  },
);

/** All that a program has to know. */
export function allBreakpoints({ files, functions }: StopPoints): {
  readonly lines: readonly Breakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
} {
  const points = [...files.values()].flat();
  return { lines: points.flatMap(({ breakpoint }) => breakpoint ?? []), functions };
}

/** A program says what has become of a breakpoint. */
export function noteState(session: AdapterSession, { id, line, problem }: BreakpointState): void {
  for (const [file, points] of session.points.files) {
    const point = points.find(({ shown }) => shown.id === id);
    if (point === undefined) continue;
    const shown: DebugProtocol.Breakpoint = {
      ...point.shown,
      verified: problem === null,
      ...(line === null ? {} : { line: line - 1 + session.client.firstLine }),
      ...(problem === null ? {} : { message: problem }),
    };
    session.points.files.set(
      file,
      points.map((each) => (each === point ? { ...point, shown } : each)),
    );
    // What an editor knows already is not told.
    if (!isDeepStrictEqual(shown, point.shown))
      session.tell("breakpoint", { reason: "changed", breakpoint: shown });
  }
}

function pointFor(
  session: AdapterSession,
  file: string | null,
  text: Uint8Array | null,
  each: Wanted,
): Point {
  const id = ++session.points.count;
  const { firstLine } = session.client;
  const refused = (message: string): Point => ({ breakpoint: null, shown: { id, verified: false, message } });
  if (file === null || text === null) return refused("Programs stop in files alone");
  const hits = hitsIn(each.hitCondition);
  if (typeof hits === "string") return refused(hits);
  const place = breakpointPlace(text, each.line - firstLine + 1);
  if (place === null) return refused("No code follows this line");
  const log = each.logMessage === undefined || each.logMessage === "" ? {} : { log: each.logMessage };
  const breakpoint = { id, file, ...place, ...conditions(each.condition, hits), ...log };
  // Of a text that is no Lua as it is now, the program will say it.
  const verified = "defined" in place;
  return { breakpoint, shown: { id, verified, line: place.line - 1 + firstLine, source: { path: file } } };
}

function conditions(condition: string | undefined, hits: number | null) {
  const isConditional = condition !== undefined && condition.trim() !== "";
  return { ...(isConditional ? { condition } : {}), ...(hits === null ? {} : { hits }) };
}
