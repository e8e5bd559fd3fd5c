import { addRuns, runsOf } from "../../hits/byTest/runs.js";
import type { ParsedFile } from "../siteAnalysis.js";
import { countsOf, type PartSites, siteNumbers } from "../siteNumbers.js";
import type { Sites } from "../sites.js";

/** How counts follow from the counters of a file. */
export interface ProbeFigures {
  /** Its sites, with the numbers of their figures for counts. */
  readonly figures: Sites;
  /** The figures by their numbers. */
  readonly valuesOf: (counters: ArrayLike<number>) => Float64Array;
  /** What is counted otherwise, and in no part. */
  readonly others: readonly Sites[];
}

/** Of a file with so many counters. */
export function probePartSites(
  file: ParsedFile,
  counters: number,
  { figures, valuesOf, others }: ProbeFigures,
): PartSites {
  const { groups, size } = siteNumbers(file, [figures, ...others]);
  const [numbers = new Int32Array()] = groups;
  const figureOf = Int32Array.from(countsOf(figures));
  const sum = new Float64Array(size);
  return (runs) => {
    const own = new Float64Array(counters);
    addRuns(own, runs);
    const values = valuesOf(own);
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? -1;
      if (number >= 0) sum[number] = values[figureOf[at] ?? 0] ?? 0;
    }
    return runsOf(sum);
  };
}
