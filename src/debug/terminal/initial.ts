import { badBreak } from "../../errors/debug.js";
import type { DebugRequest } from "../../types.js";
import { parseBreakpoint } from "./commands/arguments.js";
import { withBreakpoint } from "./places.js";
import { fileText } from "./sources.js";
import { noStopPoints, type StopPoints } from "./stopPoints.js";

/** What stops programs before a user has said anything; files are seen from a folder. Throws USAGE for a place that is none. */
export function initialStopPoints(
  { breakpoints, errors, skip }: Pick<DebugRequest, "breakpoints" | "errors" | "skip">,
  cwd: string,
): StopPoints {
  const first: StopPoints = { ...noStopPoints, errors, skip };
  const where = { cwd, program: cwd, loaded: [], shown: null };
  return breakpoints.reduce((points, text) => {
    const request = parseBreakpoint(text);
    const added =
      typeof request === "string"
        ? request
        : withBreakpoint(points, { ...request, isTemporary: false }, where, fileText);
    if (typeof added === "string") throw badBreak(added);
    return added;
  }, first);
}
