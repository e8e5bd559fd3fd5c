import type { FunctionPart } from "./functionTree.js";
import type { PlacedSource } from "./moveCounts.js";
import { ownedSites } from "./siteOwners.js";

/** Gives the count of calls of a function, or of the innermost one around it that has such a count; null for the main chunk. */
export function callCounter(
  { sites, text }: PlacedSource,
  main: FunctionPart,
): (part: FunctionPart) => number | null {
  const functions = ownedSites(sites, text, main).filter(({ kind }) => kind === "function");
  const known = new Map(functions.map(({ owner, count }) => [owner, count]));
  const callsOf = (part: FunctionPart): number | null => {
    const own = known.get(part);
    if (own !== undefined || part.outer === null) return own ?? null;
    return callsOf(part.outer);
  };
  return callsOf;
}
