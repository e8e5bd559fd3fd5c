import { addRuns, runsOf } from "../../hits/byTest/runs.js";
import type { ParsedFile } from "../siteAnalysis.js";
import { countsOf, type PartSites, siteNumbers } from "../siteNumbers.js";
import type { Sites } from "../sites.js";

/** Of a file with so many counters; `count` makes sites of them, and `others` were counted otherwise, and are of no part. */
export function probePartSites(
  file: ParsedFile,
  counters: number,
  count: (counters: readonly number[]) => Sites,
  others: readonly Sites[],
): PartSites {
  const zeros = () => Array.from({ length: counters }, () => 0);
  const { groups, size } = siteNumbers(file, [count(zeros()), ...others]);
  const [numbers = new Int32Array()] = groups;
  const sum = new Float64Array(size);
  return (runs) => {
    const own = zeros();
    addRuns(own, runs);
    for (const [at, each] of countsOf(count(own)).entries()) {
      const number = numbers[at] ?? -1;
      if (number >= 0) sum[number] = each;
    }
    return runsOf(sum);
  };
}
