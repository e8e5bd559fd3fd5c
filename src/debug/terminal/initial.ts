import { badBreak } from "../../errors/debug.js";
import type { DebugRequest } from "../../types.js";
import { parseBreakpoint } from "./commands/arguments.js";
import { withBreakpoint } from "./places.js";
import { fileText } from "./sources.js";
import { noStopPoints, type StopPoints } from "./stopPoints.js";

/** What stops programs before a user has said anything; files are seen from a folder. Throws USAGE for a place that is none. */
export async function initialStopPoints(
  { breakpoints, errors, skip }: Pick<DebugRequest, "breakpoints" | "errors" | "skip">,
  cwd: string,
): Promise<StopPoints> {
  let points: StopPoints = { ...noStopPoints, errors, skip };
  const where = { cwd, program: cwd, loaded: [], shown: null };
  for (const text of breakpoints) {
    const request = parseBreakpoint(text);
    const added =
      typeof request === "string"
        ? request
        : await withBreakpoint(points, { ...request, isTemporary: false }, where, ({ file }) =>
            fileText(file),
          );
    if (typeof added === "string") throw badBreak(added);
    points = added;
  }
  return points;
}
