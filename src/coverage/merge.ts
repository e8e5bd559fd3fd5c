import istanbul from "istanbul-lib-coverage";
import type { CoverageMapData, FileCoverageData } from "../types.js";

/** The sum of coverage maps, which shares with them what is in one alone. None of them is changed, unlike with `CoverageMap.merge`. */
export function mergeCoverage(maps: readonly CoverageMapData[]): CoverageMapData {
  const sum = istanbul.createCoverageMap({});
  // Istanbul's merge puts other counts and places into a file's coverage, and changes none that are there.
  for (const map of maps) sum.merge(shallow(map));
  return Object.fromEntries(sum.files().map((file) => [file, sum.fileCoverageFor(file).data]));
}

function shallow(map: CoverageMapData): Record<string, FileCoverageData> {
  return Object.fromEntries(Object.entries(map).map(([name, file]) => [name, { ...file }]));
}
