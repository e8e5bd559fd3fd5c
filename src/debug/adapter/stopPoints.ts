/** Where an editor wants programs to stop. */

import * as v from "valibot";
import { isFile, readContent, realPath } from "../../files/files.js";
import { breakpointPlace, linesWithCode } from "../places.js";
import type { FunctionBreakpoint } from "../protocol.js";
import { hitsIn } from "./hits.js";
import type { Point } from "./points.js";
import { request } from "./request.js";
import type { AdapterSession } from "./session.js";
import { update } from "./update.js";

const condition = v.optional(v.string());
const wanted = v.object({ line: v.number(), condition, hitCondition: condition, logMessage: condition });
type Wanted = v.InferOutput<typeof wanted>;
const wantedFunction = v.object({ name: v.string(), condition, hitCondition: condition });
type WantedFunction = v.InferOutput<typeof wantedFunction>;

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

function functionPointFor(
  { points }: AdapterSession,
  { name, condition, hitCondition }: WantedFunction,
): Pick<Point, "shown"> & { readonly breakpoint: FunctionBreakpoint | null } {
  const id = ++points.count;
  const hits = hitsIn(hitCondition);
  if (typeof hits === "string") return { breakpoint: null, shown: { id, verified: false, message: hits } };
  return { breakpoint: { id, name, ...conditions(condition, hits) }, shown: { id, verified: true } };
}

/** Those that are given: editors have empty ones for none. */
function conditions(condition: string | undefined, hits: number | null) {
  const isConditional = condition !== undefined && condition.trim() !== "";
  return { ...(isConditional ? { condition } : {}), ...(hits === null ? {} : { hits }) };
}
