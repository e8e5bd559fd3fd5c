import type { Positions } from "../../source/positions.js";
import type { Span, Statement } from "../../source/tree.js";
import type { LineHits } from "../../types.js";
import { analyseSites, type FileAnalysis, type ParsedFile } from "../siteAnalysis.js";
import { type SitesOfFunction, sitesOf } from "../sites/sitesOf.js";
import { fieldFunctions, type Maker } from "./fieldFunctions.js";
import { hasCode, hookedSites, indexFrom } from "./hookedSites.js";
import { placeOf } from "./place.js";

/** A Lua file of which nothing is known but how often each line was hit, from the first one on. */
export interface CountedFile extends ParsedFile {
  /** Null for a file that nobody has loaded. */
  readonly counts: readonly number[] | null;
}

/**
 * Joins the lines and functions of a file with a count for each line, as LuaCov has it: no branches. Calls are not counted
 * there, so the first line of a function stands for them; functions that have no line of their own are left out.
 */
export function countedLines(file: CountedFile): FileAnalysis {
  return analyseSites(file, file.counts !== null, (positions) => {
    const all = sitesOf(file.syntax);
    const { hits, untold } = lineHitsOf(all, file.counts ?? [], positions);
    const { sites } = hookedSites(all, [hits], positions);
    return { ...sites, functions: sites.functions.filter(({ span }) => !untold.has(span)) };
  });
}

/** What is known of a text: the hits of its lines, and which of them are of which function, by its index. */
interface CountedText {
  readonly lines: ReadonlyMap<number, number>;
  readonly ownLines: readonly (readonly number[])[];
  readonly makers: ReadonlyMap<Span, Maker>;
  readonly positions: Positions;
}

/** What a hook would have told, as far as it shows in the lines; `untold` are the functions of which it does not. */
function lineHitsOf(all: readonly SitesOfFunction[], counts: readonly number[], positions: Positions) {
  const lines = new Map(counts.flatMap((count, index) => (count > 0 ? [[index + 1, count] as const] : [])));
  const ownLines = linesByFunction(all, lines, positions);
  const text: CountedText = { lines, ownLines, makers: fieldFunctions(all), positions };
  const calls = new Map<string, number>();
  const active = new Map<string, readonly number[]>();
  const untold = new Set<Span>();
  for (const [index, site] of all.entries()) {
    const place = placeOf(site.fn?.node ?? null, positions);
    const onLine = callsOnLine(site, text);
    const count = onLine ?? callsOf(site, index, text);
    if (count !== null) calls.set(place, count);
    else if (site.fn !== null) untold.add(site.fn.node);
    // A hook tells no lines of what never ran.
    if (onLine !== 0) active.set(place, [...(active.get(place) ?? []), ...activeLines(site, index, text)]);
  }
  const hits: LineHits = { lua: "LuaCov", lines, calls, active };
  return { hits, untold };
}

/** The lines of a function that were hit, and of statements of which none was, the first one. */
function activeLines(
  { statements, structure }: SitesOfFunction,
  index: number,
  { ownLines, positions }: CountedText,
): readonly number[] {
  const own = ownLines[index] ?? [];
  const extents = statements
    .filter((each) => hasCode(each, structure))
    .map((each) => extentOf(each, positions));
  const unhit = extents.filter(({ first, last }) => firstIn(own, first, last) === undefined);
  return [...own, ...unhit.map(({ first }) => first)];
}

/** How often a function was called that begins on the line where a field of a table has it; null for another one. */
function callsOnLine({ fn, statements }: SitesOfFunction, text: CountedText): number | null {
  const { lines, makers, positions } = text;
  const maker = fn === null ? undefined : makers.get(fn.node);
  const [begin] = statements;
  if (fn === null || maker === undefined || begin === undefined) return null;
  const line = positions.at(fn.node.start).line;
  const isFirst = positions.at(maker.statement.start).line === line;
  if (isFirst || positions.at(begin.start).line !== line) return null;
  // A function is made on its last line.
  const isShort = positions.at(fn.node.end - 1).line === line;
  return Math.max(0, (lines.get(line) ?? 0) - (isShort ? timesOf(maker, text) : 0));
}

function timesOf({ statement, index }: Maker, { lines, ownLines, positions }: CountedText): number {
  const { first, last } = extentOf(statement, positions);
  const line = firstIn(ownLines[index] ?? [], first, last);
  return line === undefined ? 0 : (lines.get(line) ?? 0);
}

/** The lines with hits of each function, in rising order; those where it begins and ends are of the one around it, too. */
function linesByFunction(
  all: readonly SitesOfFunction[],
  lines: ReadonlyMap<number, number>,
  positions: Positions,
): readonly (readonly number[])[] {
  const hit = [...lines.keys()].sort((a, b) => a - b);
  const owner = new Map(hit.map((line) => [line, 0]));
  const edges = all.map(({ fn }) => (fn === null ? null : extentOf(fn.node, positions)));
  const between = (first: number, last: number) => hit.slice(indexFrom(hit, first), indexFrom(hit, last + 1));
  // What is further in comes later in the source.
  edges.forEach((edge, index) => {
    if (edge !== null) for (const line of between(edge.first + 1, edge.last - 1)) owner.set(line, index);
  });
  const own = all.map((): number[] => []);
  for (const line of hit) own[owner.get(line) ?? 0]?.push(line);
  return own.map((inner, index) => {
    const edge = edges[index] ?? null;
    const outer = edge === null ? [] : [edge.first, edge.last].filter((line) => lines.has(line));
    return [...new Set([...inner, ...outer])].sort((a, b) => a - b);
  });
}

/** Null where no line is the function's alone. A loop says that it was reached, not how often. */
function callsOf(
  { fn, statements, structure }: SitesOfFunction,
  index: number,
  { lines, ownLines, positions }: CountedText,
): number | null {
  const begin = statements.find((each) => hasCode(each, structure));
  if (fn === null || begin === undefined) return null;
  const edge = extentOf(fn.node, positions);
  const { first, last } = extentOf(begin, positions);
  if (first === edge.first || first === edge.last) return null;
  const line = firstIn(ownLines[index] ?? [], first, Math.min(last, edge.last - 1));
  const count = line === undefined ? 0 : (lines.get(line) ?? 0);
  return isLoop(begin) ? Math.min(count, 1) : count;
}

function isLoop({ type }: Statement): boolean {
  return type.startsWith("For") || type === "WhileStatement" || type === "RepeatStatement";
}

interface Extent {
  readonly first: number;
  readonly last: number;
}

function extentOf({ start, end }: Span, positions: Positions): Extent {
  return { first: positions.at(start).line, last: positions.at(end - 1).line };
}

function firstIn(sorted: readonly number[], first: number, last: number): number | undefined {
  const line = sorted[indexFrom(sorted, first)];
  return line === undefined || line > last ? undefined : line;
}
