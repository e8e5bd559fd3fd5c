import istanbul from "istanbul-lib-coverage";
import type { CoverageMapData, FileCoverageData } from "../types.js";
import { packedIn, shareFile } from "./packed/packedMap.js";

/** The sum of coverage maps, in the order of paths, which shares with them what is in one alone. None of them is changed, unlike with `CoverageMap.merge`. */
export function mergeCoverage(maps: readonly CoverageMapData[]): CoverageMapData {
  const sum: CoverageMapData = {};
  for (const [file, places] of [...placesOf(maps)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first, ...others] = places;
    if (first === undefined) continue;
    if (others.length === 0) shareFile(first.map, first.name, sum);
    else sum[file] = sumOf(places.flatMap(({ map, name }) => map[name] ?? []));
  }
  return sum;
}

/** Where a file's coverage is: other tools call it in their maps what they like. */
interface Place {
  readonly map: CoverageMapData;
  readonly name: string;
}

function placesOf(maps: readonly CoverageMapData[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const map of maps) {
    for (const name of Object.keys(map)) {
      const path = packedIn(map, name)?.path ?? map[name]?.path ?? name;
      const known = places.get(path);
      if (known === undefined) places.set(path, [{ map, name }]);
      else known.push({ map, name });
    }
  }
  return places;
}

/** Istanbul's merge puts other counts and places into a file's coverage, and changes none that are there. */
function sumOf([first, ...others]: readonly FileCoverageData[]): FileCoverageData {
  if (first === undefined) throw new Error("no file to add up");
  const sum = istanbul.createFileCoverage({ ...first });
  for (const each of others) sum.merge(istanbul.createFileCoverage({ ...each }));
  return sum.data;
}
