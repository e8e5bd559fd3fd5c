import istanbul from "istanbul-lib-coverage";
import libReport from "istanbul-lib-report";
import reports from "istanbul-reports";
import { notWritable, unknownReporter } from "../errors.js";
import type { Config, CoverageMapData } from "../types.js";

/** The reporters of istanbul-reports 3.2. */
export const reporterNames = [
  "clover",
  "cobertura",
  "html",
  "html-spa",
  "json",
  "json-summary",
  "lcov",
  "lcovonly",
  "none",
  "teamcity",
  "text",
  "text-lcov",
  "text-summary",
] as const;

type ReporterName = (typeof reporterNames)[number];

/** Throws UNKNOWN_REPORTER for the first name that istanbul-reports does not have. */
export function checkReporters(names: readonly string[]): readonly ReporterName[] {
  return names.map((name) => {
    const known = reporterNames.find((each) => each === name);
    if (known === undefined) throw unknownReporter(name, reporterNames);
    return known;
  });
}

/**
 * Writes the configured reports: files below `reportDir`, text to standard output.
 * Throws UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export function writeReports(config: Config, coverage: CoverageMapData): void {
  const names = checkReporters(config.reporter);
  const context = libReport.createContext({
    dir: config.reportDir,
    watermarks: { ...config.watermarks },
    coverageMap: istanbul.createCoverageMap(structuredClone(coverage)),
  });
  for (const name of names) {
    const report = reports.create(name, {
      skipEmpty: config.skipEmpty,
      skipFull: config.skipFull,
      // "SF:" in lcov.info is relative to this.
      projectRoot: config.cwd,
      maxCols: process.stdout.columns ?? 100,
    });
    try {
      report.execute(context);
    } catch (cause) {
      throw notWritable(config.reportDir, cause);
    }
  }
}
