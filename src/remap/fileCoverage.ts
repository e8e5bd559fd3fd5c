/** The coverage of a Lua file as that of the sources which it was made of. */

import type { CoverageMapData, FileCoverageData } from "../types.js";
import { createOriginalPlaces } from "./originalPlaces.js";
import type { FindOriginal } from "./places.js";

/**
 * By source. One of its statements may have become several of Lua, of which it has the largest count. What the compiler has
 * added is nobody's; a branch is taken over with all of its ways.
 */
export function originalsOf(lua: FileCoverageData, find: FindOriginal): CoverageMapData {
  const places = createOriginalPlaces(find, lua.all === true);
  for (const [id, range] of Object.entries(lua.statementMap)) {
    const place = places.statement(range);
    if (place !== null) place.file.s[place.id] = Math.max(place.file.s[place.id] ?? 0, lua.s[id] ?? 0);
  }
  for (const [id, fn] of Object.entries(lua.fnMap)) {
    const place = places.fn(fn);
    if (place !== null) place.file.f[place.id] = Math.max(place.file.f[place.id] ?? 0, lua.f[id] ?? 0);
  }
  for (const [id, branch] of Object.entries(lua.branchMap)) {
    const place = places.branch(branch);
    if (place !== null) countBranch(place.file, place.id, lua.b[id] ?? [], lua.bT?.[id]);
  }
  return places.files;
}

function countBranch(
  file: FileCoverageData,
  id: string,
  counts: readonly number[],
  truths: readonly number[] | undefined,
): void {
  file.b[id] = [...counts];
  if (truths !== undefined) file.bT = { ...file.bT, [id]: [...truths] };
}
