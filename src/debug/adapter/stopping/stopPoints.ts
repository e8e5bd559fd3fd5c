/** Where an editor wants programs to stop. */

import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import { isFile, readContent, realPath } from "../../../files/files.js";
import { encodeName } from "../../../files/names.js";
import { isExpression } from "../../luaText.js";
import { type BreakpointPlace, breakpointPlace, linesWithCode } from "../../places.js";
import type { Breakpoint, FunctionBreakpoint } from "../../protocol.js";
import { noteChanges } from "../changes.js";
import { chunkText, sourceOfChunk } from "../looking/sources.js";
import { request } from "../request.js";
import type { AdapterSession } from "../session.js";
import { update } from "../update.js";
import { hitsIn } from "./hits.js";
import type { Point } from "./points.js";

const condition = v.optional(v.string());
const wanted = v.object({ line: v.number(), condition, hitCondition: condition, logMessage: condition });
type Wanted = v.InferOutput<typeof wanted>;
const wantedFunction = v.object({ name: v.string(), condition, hitCondition: condition });
type WantedFunction = v.InferOutput<typeof wantedFunction>;

const source = v.object({ path: v.optional(v.string()), sourceReference: v.optional(v.number(), 0) });

/** All breakpoints of a file, or of a text that a program has loaded, in place of those that there were. */
export const setBreakpoints = request(
  v.object({ source, breakpoints: v.optional(v.array(wanted), []) }),
  async (session, given) => {
    const at = await sourceAt(session, given.source);
    const points = given.breakpoints.map((each) => pointFor(session, at, each));
    if (at !== null) session.points.files.set(`${at.isText === true ? "text " : ""}${at.file}`, points);
    await update(session, "breakpoints");
    return { breakpoints: points.map(({ shown }) => shown) };
  },
);

export const setFunctionBreakpoints = request(
  v.object({ breakpoints: v.array(wantedFunction) }),
  async (session, given) => {
    const points = given.breakpoints.map((each) => functionPointFor(session, each));
    session.points.functions = points.flatMap(({ breakpoint }) => breakpoint ?? []);
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

/** What breakpoints are set in. */
interface SourceAt extends Pick<Breakpoint, "file" | "isText"> {
  /** Null where it cannot be had now. */
  readonly text: Uint8Array | null;
  readonly shown: DebugProtocol.Source;
}

/** Null for what is neither a file nor a text that was loaded. */
async function sourceAt(
  session: AdapterSession,
  { path, sourceReference }: v.InferOutput<typeof source>,
): Promise<SourceAt | null> {
  const chunk = session.chunks[sourceReference - 1];
  if (chunk !== undefined) {
    const { program } = session;
    const text = program === null || program.stop === null ? null : await chunkText(session, chunk);
    const bytes = text === null ? null : encodeName(text);
    return { file: chunk, isText: true, text: bytes, shown: sourceOfChunk(session, chunk) };
  }
  if (path === undefined || !isFile(path)) return null;
  const file = realPath(path);
  return { file, text: readContent(file), shown: { path: file } };
}

function pointFor(session: AdapterSession, at: SourceAt | null, each: Wanted): Point {
  const id = ++session.points.count;
  const { firstLine } = session.client;
  const refused = (message: string): Point => ({ breakpoint: null, shown: { id, verified: false, message } });
  if (at === null) return refused("There is no such file, and no text of that name was loaded");
  const conditions = conditionsOf(each);
  if (typeof conditions === "string") return refused(conditions);
  const line = each.line - firstLine + 1;
  const { text, shown, ...named } = at;
  const place = text === null ? { line } : breakpointPlace(text, line);
  if (place === null) return refused("No code follows this line");
  const log = each.logMessage === undefined || each.logMessage === "" ? {} : { log: each.logMessage };
  const breakpoint = { id, ...named, ...placeIn(named, place), ...conditions, ...log };
  noteChanges(session, `${at.file}:${breakpoint.line}`, breakpoint);
  // Of a text that is no Lua as it is now, the program will say it.
  const verified = "defined" in place;
  return { breakpoint, shown: { id, verified, line: place.line - 1 + firstLine, source: shown } };
}

/** No text but that of a file is changed as it is loaded. */
function placeIn(
  { isText }: Pick<Breakpoint, "isText">,
  { entry, ...place }: BreakpointPlace,
): BreakpointPlace {
  return isText === true || entry === undefined ? place : { ...place, entry };
}

function functionPointFor(
  session: AdapterSession,
  wanted: WantedFunction,
): Pick<Point, "shown"> & { readonly breakpoint: FunctionBreakpoint | null } {
  const id = ++session.points.count;
  const conditions = conditionsOf(wanted);
  if (typeof conditions === "string")
    return { breakpoint: null, shown: { id, verified: false, message: conditions } };
  noteChanges(session, `function ${wanted.name}`, conditions);
  return { breakpoint: { id, name: wanted.name, ...conditions }, shown: { id, verified: true } };
}

/** Those that are given, as editors have empty ones for none; a sentence for what is none. */
export function conditionsOf({
  condition,
  hitCondition,
}: Pick<WantedFunction, "condition" | "hitCondition">): Pick<Breakpoint, "condition" | "hits"> | string {
  const hits = hitsIn(hitCondition);
  if (typeof hits === "string") return hits;
  const counted = hits === null ? {} : { hits };
  if (condition === undefined || condition.trim() === "") return counted;
  return isExpression(condition) ? { condition, ...counted } : `No Lua reads the condition "${condition}"`;
}
