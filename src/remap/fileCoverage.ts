/** The coverage of a Lua file as that of the sources which it was made of. */

import type { Range } from "istanbul-lib-coverage";
import type { CoverageMapData, FileCoverageData } from "../types.js";
import type { FindOriginal, OriginalRange } from "./places.js";

/**
 * By source. One of its statements may have become several of Lua, of which it has the largest count. What the compiler has
 * added is nobody's; a branch is taken over with all of its ways.
 */
export function originalsOf(lua: FileCoverageData, find: FindOriginal): CoverageMapData {
  const originals: CoverageMapData = {};
  const fileOf = (source: string) => (originals[source] ??= emptyFile(source, lua.all === true));
  addStatements(lua, find, fileOf);
  addFunctions(lua, find, fileOf);
  addBranches(lua, find, fileOf);
  return originals;
}

/** The table of a module's exports, as TypeScriptToLua names it. */
const exported = /^____exports\./;

type FileOf = (source: string) => FileCoverageData;

function emptyFile(source: string, isAll: boolean): FileCoverageData {
  const file = { path: source, statementMap: {}, fnMap: {}, branchMap: {}, s: {}, f: {}, b: {}, bT: {} };
  return isAll ? { ...file, all: true } : file;
}

function addStatements({ statementMap, s }: FileCoverageData, find: FindOriginal, fileOf: FileOf): void {
  const known = new Map<string, string>();
  for (const [id, range] of Object.entries(statementMap)) {
    const found = find(range);
    if (found === null) continue;
    const file = fileOf(found.source);
    const own = idOf(known, keyOf(found), file.statementMap);
    file.statementMap[own] = found.range;
    file.s[own] = Math.max(file.s[own] ?? 0, s[id] ?? 0);
  }
}

function addFunctions({ fnMap, f }: FileCoverageData, find: FindOriginal, fileOf: FileOf): void {
  const known = new Map<string, string>();
  for (const [id, { name, decl, loc }] of Object.entries(fnMap)) {
    const [place, body] = [find(decl), find(loc)];
    if (place === null || body?.source !== place.source) continue;
    const file = fileOf(place.source);
    const own = idOf(known, keyOf(place), file.fnMap);
    const { line } = place.range.start;
    file.fnMap[own] = {
      name: file.fnMap[own]?.name ?? name.replace(exported, ""),
      decl: place.range,
      loc: body.range,
      line,
    };
    file.f[own] = Math.max(file.f[own] ?? 0, f[id] ?? 0);
  }
}

function addBranches({ branchMap, b, bT }: FileCoverageData, find: FindOriginal, fileOf: FileOf): void {
  for (const [id, { type, loc, locations }] of Object.entries(branchMap)) {
    const whole = find(loc);
    const ways = locations.map((each) => placeIn(whole, find(each)));
    if (whole === null || !ways.every((each) => each !== null)) continue;
    const file = fileOf(whole.source);
    const own = String(Object.keys(file.branchMap).length);
    file.branchMap[own] = { type, loc: whole.range, locations: ways, line: whole.range.start.line };
    file.b[own] = [...(b[id] ?? [])];
    const truths = bT?.[id];
    if (truths !== undefined) file.bT = { ...file.bT, [own]: [...truths] };
  }
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
