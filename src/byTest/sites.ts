import { branchTypes } from "../coverage/sites.js";
import type { ByTest, SourceSites } from "../types.js";

/** A statement, a function, or a way on from a branch. Lines count from 1. */
export interface Site {
  readonly kind: "statement" | "function" | "branch";
  readonly line: number;
  readonly endLine: number;
  /** From 0. */
  readonly column: number;
  readonly endColumn: number;
  /** A function's. */
  readonly name: string;
  /** The same in each map in which it is. */
  readonly key: string;
}

/** The places of a source in all that runs say of it, and which of these each of its counts is for. */
export interface SourceIndex {
  readonly path: string;
  readonly digests: readonly string[];
  readonly sites: readonly Site[];
  /** By the number of the source: the places of its counts among the sites. */
  readonly numbers: ReadonlyMap<number, Int32Array>;
}

interface Growing {
  readonly digests: Set<string>;
  readonly keys: Map<string, number>;
  readonly sites: Site[];
  readonly numbers: Map<number, Int32Array>;
}

/** By their paths: several Luas may know different places of one. */
export function indexSources({ sources }: ByTest): ReadonlyMap<string, SourceIndex> {
  const found = new Map<string, Growing>();
  for (const [number, { path, digest, sites }] of sources.entries()) {
    const known: Growing = found.get(path) ?? {
      digests: new Set(),
      keys: new Map(),
      sites: [],
      numbers: new Map(),
    };
    found.set(path, known);
    known.digests.add(digest);
    const places = allSites(sites).map((site) => {
      const place = known.keys.get(site.key) ?? known.sites.push(site) - 1;
      known.keys.set(site.key, place);
      return place;
    });
    known.numbers.set(number, Int32Array.from(places));
  }
  return new Map(
    [...found].map(([path, { digests, sites, numbers }]) => [
      path,
      { path, digests: [...digests], sites, numbers },
    ]),
  );
}

/** Which sites of a source run when it is loaded, and then alone: those outside of functions, with the statements that define these. */
export function loadingSites({ sites }: SourceIndex): ReadonlySet<number> {
  const outermost: Site[] = [];
  for (const each of sites.filter(({ kind }) => kind === "function").sort(inOrder)) {
    const last = outermost.at(-1);
    if (last === undefined || !isWithin(each, last)) outermost.push(each);
  }
  const isLoading = (site: Site) => {
    const before = outermost.findLast((each) => inOrder(each, site) <= 0);
    return (
      site.kind !== "function" && (before === undefined || !isWithin(site, before) || isAt(site, before))
    );
  };
  return new Set([...sites.entries()].filter(([, site]) => isLoading(site)).map(([index]) => index));
}

function inOrder(a: Site, b: Site): number {
  return a.line - b.line || a.column - b.column;
}

function isWithin(inner: Site, outer: Site): boolean {
  const ends = inner.endLine - outer.endLine || inner.endColumn - outer.endColumn;
  return inOrder(outer, inner) <= 0 && ends <= 0;
}

function isAt(a: Site, b: Site): boolean {
  return isWithin(a, b) && isWithin(b, a);
}

/** In the order of their counts. */
function allSites({ statements, names, types, ways, places }: SourceSites): Site[] {
  let at = 0;
  const next = () => {
    const [line = 0, column = 0, endLine = 0, endColumn = 0] = places.slice(at, at + 4);
    at += 4;
    return { line, column, endLine, endColumn, text: `${line}:${column}-${endLine}:${endColumn}` };
  };
  const sites: Site[] = [];
  const add = (kind: Site["kind"], { text, ...place }: ReturnType<typeof next>, name = "", more = "") => {
    sites.push({ kind, ...place, name, key: `${kind} ${text}${more}` });
  };
  for (let index = 0; index < statements; index++) add("statement", next());
  for (const name of names) {
    next();
    add("function", next(), name);
  }
  for (const [index, count] of ways.entries()) {
    const whole = next();
    const type = branchTypes[types[index] ?? 0] ?? "";
    for (let way = 0; way < count; way++) {
      next();
      add("branch", whole, "", ` ${type} ${way}`);
    }
  }
  return sites;
}
