import type { Positions } from "../source/positions.js";
import type { LineHits } from "../types.js";
import { lineStatement } from "./lines.js";
import { analyseSites, type FileAnalysis, type ParsedFile } from "./siteAnalysis.js";
import { type SitesOfFunction, sitesOf } from "./sites/sitesOf.js";
import type { FunctionSite, Sites } from "./sites.js";

/** A Lua file whose lines and calls were counted by the debug hook of a native Lua. */
export interface HookedFile extends ParsedFile {
  readonly hits: LineHits;
}

/** Joins the lines and functions of a file with what a hook has counted: no statements, and no branches. */
export function hookCoverage(file: HookedFile): FileAnalysis {
  const warnings: string[] = [];
  const analysis = analyseSites(file, true, (positions) => lineSites(file, positions, warnings));
  return { ...analysis, warnings: [...analysis.warnings, ...warnings] };
}

function lineSites({ name, syntax, hits }: HookedFile, positions: Positions, warnings: string[]): Sites {
  const all = sitesOf(syntax);
  const lines = [...new Set([...activeLines(hits, positions), ...unrunLines(all, hits, positions)])];
  return {
    statements: lines
      .sort((a, b) => a - b)
      .flatMap((line) => lineStatement(line, hits.lines.get(line) ?? 0, positions)),
    functions: functionSites(all, hits, positions, name, warnings),
    branches: [],
  };
}

/**
 * The lines of functions that ran, as Lua itself gives them. Each function ends with an instruction that returns, which
 * has the line of its `end`, though nothing may lead there.
 */
function activeLines({ active, lines }: LineHits, positions: Positions): number[] {
  return [...active.values()].flat().filter((line) => lines.has(line) || !isEnd(line, positions));
}

function isEnd(line: number, positions: Positions): boolean {
  const text = positions.lineText(line);
  return text === null || /^(end|[)}\],;\s])*$/.test(positions.text(text));
}

/** Of functions that nobody called Lua gives no lines; those where their statements begin stand for them. */
function unrunLines(all: readonly SitesOfFunction[], { active }: LineHits, positions: Positions): number[] {
  return all
    .filter(({ fn }) => !active.has(placeOf(fn, positions)))
    .flatMap(({ statements }) => statements.map(({ start }) => positions.at(start).line));
}

/** A hook knows a function by its first and last line. */
function placeOf(fn: SitesOfFunction["fn"], positions: Positions): string {
  if (fn === null) return "main";
  return `${positions.at(fn.node.start).line}-${positions.at(fn.node.end - 1).line}`;
}

function functionSites(
  all: readonly SitesOfFunction[],
  { calls }: LineHits,
  positions: Positions,
  name: string,
  warnings: string[],
): FunctionSite[] {
  const places = new Map<string, NonNullable<SitesOfFunction["fn"]>[]>();
  for (const { fn } of all) {
    if (fn === null) continue;
    const place = placeOf(fn, positions);
    places.set(place, [...(places.get(place) ?? []), fn]);
  }
  return [...places].flatMap(([place, functions]) => {
    const count = calls.get(place) ?? 0;
    if (functions.length > 1 && count > 0) {
      const line = place.split("-")[0];
      warnings.push(
        `${name}:${line}: the hook cannot tell the functions of this line apart, so they are left out`,
      );
      return [];
    }
    return functions.map(({ name: own, declaration, node }) => {
      return { name: own, declaration, span: node, calls: count };
    });
  });
}
