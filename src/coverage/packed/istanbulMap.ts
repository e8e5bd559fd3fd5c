import istanbul, { type CoverageMap, type FileCoverage } from "istanbul-lib-coverage";
import type { CoverageMapData, FileCoverageData } from "../../types.js";
import type { PackedCoverage } from "./packed.js";
import { packedIn } from "./packedMap.js";
import { lineCountsOf, unpackLate } from "./unpack.js";

/**
 * A map for reports that go through its files one by one and change nothing: what they unpack of a file is forgotten once they
 * look at the next one.
 */
export function istanbulMap(coverage: CoverageMapData): CoverageMap {
  const last: Last = { packed: null, data: null };
  const files: CoverageMapData = {};
  for (const name of Object.keys(coverage)) {
    const packed = packedIn(coverage, name);
    const file = packed === null ? coverage[name] : istanbulFile(packed, last);
    if (file !== undefined) files[name] = file;
  }
  return istanbul.createCoverageMap(files);
}

interface Last {
  packed: PackedCoverage | null;
  data: FileCoverageData | null;
}

function istanbulFile(packed: PackedCoverage, last: Last): FileCoverage {
  const file = istanbul.createFileCoverage(packed.path);
  const get = () => {
    if (last.packed !== packed || last.data === null)
      Object.assign(last, { packed, data: unpackLate(packed) });
    return last.data;
  };
  const getLineCoverage = () => lineCountsOf(packed);
  return Object.defineProperties(file, { data: { get }, getLineCoverage: { value: getLineCoverage } });
}
