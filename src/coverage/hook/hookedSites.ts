import type { Positions } from "../../source/positions.js";
import type { Structure } from "../../source/structure.js";
import type { Statement } from "../../source/tree.js";
import type { LineHits } from "../../types.js";
import { lineStatement } from "../lines.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";
import type { FunctionSite, Sites, StatementSite } from "../sites.js";
import { placeOf } from "./place.js";

/** What of some functions a hook can count, and the lines of functions that it cannot tell apart. */
export interface HookedSites {
  readonly sites: Sites;
  readonly unclear: readonly number[];
}

/** The lines on which statements of some functions begin, and these functions, with the counts of hooks. */
export function hookedSites(
  functions: readonly SitesOfFunction[],
  hits: readonly LineHits[],
  positions: Positions,
): HookedSites {
  const unclear: number[] = [];
  return {
    sites: {
      statements: lineSites(functions, hits, positions),
      functions: functionSites(functions, hits, positions, unclear),
      branches: [],
    },
    unclear,
  };
}

/** Where a statement begins and ends, and the function whose code it is. */
interface Extent {
  readonly place: string;
  readonly first: number;
  readonly last: number;
  /** Whether the statement is one that names a function. */
  readonly names: boolean;
}

/** By syntax alone, so that maps of several Luas merge. */
function lineSites(
  functions: readonly SitesOfFunction[],
  hits: readonly LineHits[],
  positions: Positions,
): StatementSite[] {
  const byLine = new Map<number, Extent[]>();
  for (const { fn, statements, structure } of functions) {
    const place = placeOf(fn?.node ?? null, positions);
    for (const each of statements) {
      if (!hasCode(each, structure)) continue;
      const first = positions.at(each.start).line;
      const extents = byLine.get(first) ?? [];
      byLine.set(first, extents);
      const names = each.type === "FunctionDeclaration";
      extents.push({ place, first, last: positions.at(each.end - 1).line, names });
    }
  }
  const counters = hits.map(lineCounter);
  return [...byLine].flatMap(([line, extents]) => {
    const counts = counters.map((count) => count(extents)).filter((count) => count !== null);
    if (counts.length < hits.length) return [];
    return lineStatement(
      line,
      counts.reduce((sum, count) => sum + count, 0),
      positions,
    );
  });
}

/** A variable without a value, and a jump that a condition makes itself, may have no instruction. */
export function hasCode(statement: Statement, structure: Structure): boolean {
  if (statement.type === "LocalStatement") {
    const isConstant = statement.attributes.includes("const");
    return !isConstant && statement.init.some(({ type }) => type !== "NilLiteral");
  }
  if (statement.type !== "BreakStatement" && statement.type !== "GotoStatement") return true;
  const place = structure.place(statement);
  return place?.block.owner?.kind !== "clause" || place.index > 0;
}

/** Counts a line by the first one with code of a statement that begins there; null where no such statement has any. */
function lineCounter({ active, lines }: LineHits): (extents: readonly Extent[]) => number | null {
  const sorted = new Map([...active].map(([place, each]) => [place, each.toSorted((a, b) => a - b)]));
  return (extents) => {
    const counts = extents.flatMap(({ place, first, last, names }) => {
      const own = sorted.get(place);
      if (own === undefined) return [0];
      const line = own[indexFrom(own, first)];
      if (line === undefined || line > last) return [];
      const count = lines.get(line) ?? 0;
      // In 5.1 and LuaJIT what makes a function for a known local is on the last line, and what says its upvalues, which never
      // runs, on the first one.
      return [count === 0 && names ? (lines.get(last) ?? 0) : count];
    });
    return counts.length === 0 ? null : Math.max(...counts);
  };
}

/** The index of the first of some rising numbers that is not below another. */
export function indexFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function functionSites(
  all: readonly SitesOfFunction[],
  hits: readonly LineHits[],
  positions: Positions,
  unclear: number[],
): FunctionSite[] {
  const places = new Map<string, NonNullable<SitesOfFunction["fn"]>[]>();
  for (const { fn } of all) {
    if (fn === null) continue;
    const place = placeOf(fn.node, positions);
    places.set(place, [...(places.get(place) ?? []), fn]);
  }
  return [...places].flatMap(([place, functions]) => {
    const count = hits.reduce((sum, { calls }) => sum + (calls.get(place) ?? 0), 0);
    if (functions.length > 1 && count > 0) {
      unclear.push(Number(place.split("-")[0]));
      return [];
    }
    return functions.map(({ name, declaration, node }) => ({ name, declaration, span: node, calls: count }));
  });
}
