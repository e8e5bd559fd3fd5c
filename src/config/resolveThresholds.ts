import type { GlobThresholds, Metric, Thresholds } from "../types.js";
import { optionTable, type ValidOptions } from "./options/options.js";

/** Every metric that a threshold may be for. */
export const metrics = [
  "lines",
  "functions",
  "branches",
  "statements",
  "conditions",
] as const satisfies readonly Metric[];

/** The thresholds of all files; where only the change has any, all files have none by default. */
export function resolveThresholds(options: ValidOptions): Thresholds {
  const isSet = (keys: readonly (keyof ValidOptions)[]) => keys.some((key) => options[key] !== undefined);
  const isOfChange = isSet(["changedLines", "changedBranches"]) && !isSet([...metrics, "thresholds"]);
  return byMetric((metric) => options[metric] ?? (isOfChange ? 0 : optionTable[metric].fallback));
}

/** Thresholds by glob; of a key in two spellings the one with a dash counts. */
export function resolveGlobThresholds({ thresholds = {}, perFile = false }: ValidOptions): GlobThresholds[] {
  return Object.entries(thresholds).map(([glob, entry]) => {
    const least = entry["100"] === true ? hundred : {};
    const own = metrics.flatMap((metric) => {
      const value = entry[metric];
      return value === undefined ? [] : [[metric, value] as const];
    });
    return {
      glob,
      thresholds: { ...least, ...Object.fromEntries(own) },
      perFile: entry["per-file"] ?? entry.perFile ?? perFile,
    };
  });
}

/** Everything is to be covered. */
export const hundred: Thresholds = byMetric(() => 100);

function byMetric(threshold: (metric: Metric) => number): Thresholds {
  return {
    lines: threshold("lines"),
    functions: threshold("functions"),
    branches: threshold("branches"),
    statements: threshold("statements"),
    conditions: threshold("conditions"),
  };
}
