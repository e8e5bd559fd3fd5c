import istanbul from "istanbul-lib-coverage";
import type { CoverageMapData } from "../types.js";

/** The sum of coverage maps. None of them is changed, unlike with `CoverageMap.merge`. */
export function mergeCoverage(maps: readonly CoverageMapData[]): CoverageMapData {
  const sum = istanbul.createCoverageMap({});
  for (const map of maps) sum.merge(structuredClone(map));
  return Object.fromEntries(sum.files().map((file) => [file, sum.fileCoverageFor(file).data]));
}
