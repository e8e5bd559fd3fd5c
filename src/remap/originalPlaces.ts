/** What statements, functions and branches of a Lua file are in the sources which it was made of: of each source, a coverage without counts. */

import type { Range } from "istanbul-lib-coverage";
import type { CoverageMapData, FileCoverageData } from "../types.js";
import type { FindOriginal, OriginalRange } from "./places.js";

/** Where something of Lua is: the source, and its key in that one's maps. Null for what the compiler has added. */
export type OriginalPlace = { readonly file: FileCoverageData; readonly id: string } | null;

/** Gives what was asked for its place; `files` has the sources that came up, each with a count of 0 for all that was asked for. */
export interface OriginalPlaces {
  readonly files: CoverageMapData;
  /** Several of Lua may be one. */
  statement(range: Range): OriginalPlace;
  fn(fn: FileCoverageData["fnMap"][string]): OriginalPlace;
  /** A branch is there with all of its ways, or not at all. */
  branch(branch: FileCoverageData["branchMap"][string]): OriginalPlace;
}

/** The table of a module's exports, and a class's constructor, as TypeScriptToLua names them. */
const exported = /^____exports\./;
const constructing = /\.____constructor$/;

export function createOriginalPlaces(find: FindOriginal, isAll: boolean): OriginalPlaces {
  const files: CoverageMapData = {};
  const [statements, functions] = [new Map<string, string>(), new Map<string, string>()];
  const fileOf = (source: string) => (files[source] ??= emptyFile(source, isAll));
  return {
    files,
    statement: (range) => {
      const found = find(range);
      if (found === null) return null;
      const file = fileOf(found.source);
      const id = idOf(statements, keyOf(found), file.statementMap);
      file.statementMap[id] = found.range;
      file.s[id] ??= 0;
      return { file, id };
    },
    fn: ({ name, decl, loc }) => {
      const [place, body] = [find(decl), find(loc)];
      if (place === null || body?.source !== place.source) return null;
      const file = fileOf(place.source);
      const id = idOf(functions, keyOf(place), file.fnMap);
      const { line } = place.range.start;
      const own = file.fnMap[id]?.name ?? name.replace(exported, "").replace(constructing, ".constructor");
      file.fnMap[id] = { name: own, decl: place.range, loc: body.range, line };
      file.f[id] ??= 0;
      return { file, id };
    },
    branch: ({ type, loc, locations }) => {
      const whole = find(loc);
      const ways = locations.map((each) => placeIn(whole, find(each)));
      if (whole === null || !ways.every((each) => each !== null)) return null;
      const file = fileOf(whole.source);
      const id = String(Object.keys(file.branchMap).length);
      file.branchMap[id] = { type, loc: whole.range, locations: ways, line: whole.range.start.line };
      file.b[id] = ways.map(() => 0);
      return { file, id };
    },
  };
}

function emptyFile(source: string, isAll: boolean): FileCoverageData {
  const file = { path: source, statementMap: {}, fnMap: {}, branchMap: {}, s: {}, f: {}, b: {}, bT: {} };
  return isAll ? { ...file, all: true } : file;
}

function placeIn(whole: OriginalRange | null, way: OriginalRange | null): Range | null {
  return way !== null && way.source === whole?.source ? way.range : null;
}

/** The key of what begins and ends there in a map; the next free one for what is new. */
function idOf(known: Map<string, string>, key: string, map: object): string {
  const id = known.get(key) ?? String(Object.keys(map).length);
  known.set(key, id);
  return id;
}

function keyOf({ source, range: { start, end } }: OriginalRange): string {
  return `${source}:${start.line}:${start.column}:${end.line}:${end.column}`;
}
