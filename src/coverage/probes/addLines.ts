import type { Positions } from "../../source/positions.js";
import type { LineHits } from "../../types.js";
import { type HookedSites, hookedSites } from "../hook/hookedSites.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";
import type { Sites, StatementSite } from "../sites.js";

/**
 * Adds what hooks have counted of functions in processes where their probes could not take their place: a line is that of
 * the first statement on it. What their branches did there is not known.
 */
export function addLines(
  { statements, functions, branches }: Sites,
  all: readonly SitesOfFunction[],
  lineHits: readonly LineHits[],
  positions: Positions,
): HookedSites {
  const { sites, unclear } = hookedSites(all, lineHits, positions);
  const lineOf = ({ span }: StatementSite) => positions.at(span.start).line;
  const hits = new Map(sites.statements.map((each) => [lineOf(each), each.hits]));
  const calls = new Map(sites.functions.map((each) => [each.span, each.calls]));
  const first = firstOfLines(statements, lineOf);
  return {
    sites: {
      statements: statements.map((each) => {
        const line = lineOf(each);
        return first.get(line) === each ? { ...each, hits: each.hits + (hits.get(line) ?? 0) } : each;
      }),
      functions: functions.map((each) => ({ ...each, calls: each.calls + (calls.get(each.span) ?? 0) })),
      branches,
    },
    unclear,
  };
}

function firstOfLines(
  statements: readonly StatementSite[],
  lineOf: (statement: StatementSite) => number,
): ReadonlyMap<number, StatementSite> {
  const first = new Map<number, StatementSite>();
  for (const each of statements) {
    const line = lineOf(each);
    const known = first.get(line);
    if (known === undefined || each.span.start < known.span.start) first.set(line, each);
  }
  return first;
}
