import { isDeepStrictEqual } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Breakpoint, BreakpointState, FunctionBreakpoint, Watch, Watched } from "../../protocol.js";
import type { AdapterSession } from "../session.js";

/** A breakpoint as it was asked for, and what is known of it. */
export interface Point {
  /** Null for what can stop nowhere. */
  readonly breakpoint: Breakpoint | null;
  readonly shown: DebugProtocol.Breakpoint;
}

/** What is watched. */
export interface DataPoint {
  readonly id: number;
  /** By which an editor names what can be watched. */
  readonly dataId: string;
  /** Null once the program knows it by its number. */
  readonly watched: Watched | null;
  readonly conditions: Pick<Breakpoint, "condition" | "hits">;
}

export interface StopPoints {
  /** By file, absolute and real; by "text " and its name for a text that was loaded. */
  readonly files: Map<string, readonly Point[]>;
  functions: readonly FunctionBreakpoint[];
  /** Of the program that runs. */
  data: readonly DataPoint[];
  /** How many there ever were, which is the number of the last one. */
  count: number;
}

/** All that a program has to know. */
export function allBreakpoints({ files, functions }: StopPoints): {
  readonly lines: readonly Breakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
} {
  const points = [...files.values()].flat();
  return { lines: points.flatMap(({ breakpoint }) => breakpoint ?? []), functions };
}

export function allWatches({ data }: StopPoints): readonly Watch[] {
  return data.map(({ id, watched, conditions }) => ({ id, ...watched, ...conditions }));
}

/** A program says what has become of a breakpoint. */
export function noteState(session: AdapterSession, state: BreakpointState): void {
  if (session.points.data.some(({ id }) => id === state.id)) noteEnd(session, state);
  else noteLine(session, state);
}

/** Something is watched no more. */
function noteEnd({ points, tell }: AdapterSession, { id, problem }: BreakpointState): void {
  points.data = points.data.filter((each) => each.id !== id);
  const breakpoint = { id, verified: false, ...(problem === null ? {} : { message: sentence(problem) }) };
  tell("breakpoint", { reason: "changed", breakpoint });
}

/** Nothing of a program that is over can be watched. */
export function forgetWatches({ points, tell }: AdapterSession): void {
  for (const { id } of points.data)
    tell("breakpoint", { reason: "removed", breakpoint: { id, verified: false } });
  points.data = [];
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function noteLine(session: AdapterSession, { id, line, problem }: BreakpointState): void {
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
