import type { CoverageMapData } from "../../types.js";
import type { PackedCoverage } from "./packed.js";
import { packedIn, putPacked } from "./packedMap.js";

type Merge = (maps: readonly CoverageMapData[]) => CoverageMapData;

/** The sum of maps: where a file has the same places in all, of its counts alone; else `merge` decides. In the order of paths. */
export function addPacked(maps: readonly CoverageMapData[], merge: Merge): CoverageMapData {
  const names = [...new Set(maps.flatMap((map) => Object.keys(map)))].sort((a, b) => (a < b ? -1 : 1));
  const sum: CoverageMapData = {};
  for (const name of names) {
    const own = maps.filter((map) => Object.hasOwn(map, name));
    const packed = own.map((map) => packedIn(map, name));
    const whole = packed.every((each) => each !== null) ? sumOf(packed) : null;
    if (whole !== null) putPacked(sum, whole);
    else Object.assign(sum, merge(own.map((map) => only(map, name))));
  }
  return sum;
}

/** Null where their places differ. */
function sumOf([first, ...others]: readonly PackedCoverage[]): PackedCoverage | null {
  if (first === undefined || !others.every((each) => haveSamePlaces(first, each))) return null;
  const counts = Float64Array.from(first.counts);
  for (const other of others)
    for (let index = 0; index < counts.length; index++)
      counts[index] = (counts[index] ?? 0) + (other.counts[index] ?? 0);
  return { ...first, all: first.all && others.every(({ all }) => all), counts };
}

function haveSamePlaces(a: PackedCoverage, b: PackedCoverage): boolean {
  const isSame = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    one.length === other.length && Array.prototype.every.call(one, (each, index) => each === other[index]);
  return (
    a.statements === b.statements &&
    a.functions === b.functions &&
    [
      isSame(a.ways, b.ways),
      isSame(a.truthy, b.truthy),
      isSame(a.types, b.types),
      isSame(a.places, b.places),
    ].every(Boolean)
  );
}

function only(map: CoverageMapData, name: string): CoverageMapData {
  const found: CoverageMapData = {};
  const packed = packedIn(map, name);
  const data = packed === null ? map[name] : undefined;
  if (packed !== null) putPacked(found, packed);
  else if (data !== undefined) found[name] = data;
  return found;
}
