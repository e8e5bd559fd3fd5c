import type { Span } from "../../source/tree.js";
import type { Sites } from "../sites.js";
import type { SitesOfFunction } from "./sitesOf.js";

/**
 * What was counted of what could run by syntax. A compiler may leave traces of more, as of a branch that decides nothing;
 * so whoever has counted, a map has the same entries.
 */
export function keepSites(counted: Sites, places: readonly SitesOfFunction[]): Sites {
  const statements = new Set(places.flatMap((each) => each.statements.map(keyOf)));
  const branches = new Set(
    places.flatMap((each) => each.branches.map(({ type, span }) => `${type} ${keyOf(span)}`)),
  );
  return {
    statements: counted.statements.filter(({ span }) => statements.has(keyOf(span))),
    functions: counted.functions,
    branches: counted.branches.filter(({ type, span }) => branches.has(`${type} ${keyOf(span)}`)),
  };
}

/** One number for a span: texts are shorter than 2 ^ 26 bytes where Lua can read them in a thread's memory. */
function keyOf({ start, end }: Span): number {
  return start * 2 ** 26 + (end - start);
}
