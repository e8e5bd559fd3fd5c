import istanbul, { type CoverageSummaryData } from "istanbul-lib-coverage";
import type { CoverageMapData, Metric, Thresholds, Violation } from "../types.js";

const metrics: readonly Metric[] = ["lines", "functions", "branches", "statements"];

/** The thresholds that a coverage map misses: of all files together, or of each file. */
export function violations(coverage: CoverageMapData, thresholds: Thresholds, perFile: boolean): Violation[] {
  const map = istanbul.createCoverageMap(structuredClone(coverage));
  if (!perFile) return missed(map.getCoverageSummary().data, thresholds, null);
  return map.files().flatMap((file) => missed(map.fileCoverageFor(file).toSummary().data, thresholds, file));
}

function missed(summary: CoverageSummaryData, thresholds: Thresholds, file: string | null): Violation[] {
  return metrics
    .map((metric) => ({ metric, actual: summary[metric].pct, threshold: thresholds[metric], file }))
    .filter(({ actual, threshold }) => actual < threshold);
}
