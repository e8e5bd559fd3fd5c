import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import istanbul from "istanbul-lib-coverage";
import libReport from "istanbul-lib-report";
import reports from "istanbul-reports";
import { notWritable, unknownReporter } from "../errors.js";
import { makeFolder } from "../makeFolder.js";
import type { Config, CoverageMapData } from "../types.js";
import { findPartials } from "./partial.js";

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

/** Our own: the branches that went some ways but not all, in words, to standard output. */
const ownNames = ["partial"] as const;

type ReporterName = (typeof reporterNames)[number] | (typeof ownNames)[number];

/** Throws UNKNOWN_REPORTER for the first name that neither istanbul-reports nor this tool has. */
export function checkReporters(names: readonly string[]): readonly ReporterName[] {
  const all = [...reporterNames, ...ownNames];
  return names.map((name) => {
    const known = all.find((each) => each === name);
    if (known === undefined) throw unknownReporter(name, all);
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
  if (names.some((name) => !toStandardOutput.includes(name))) {
    guarded(config.reportDir, () => makeFolder(config.reportDir));
  }
  for (const name of names) {
    if (name === "partial") {
      console.log(partialsText(config.cwd, coverage));
      continue;
    }
    const report = reports.create(name, {
      skipEmpty: config.skipEmpty,
      skipFull: config.skipFull,
      // "SF:" in lcov.info is relative to this.
      projectRoot: config.cwd,
      maxCols: process.stdout.columns ?? 100,
    });
    guarded(config.reportDir, () => report.execute(context));
  }
}

/** Reporters that write no files. */
const toStandardOutput: readonly string[] = [
  "none",
  "partial",
  "teamcity",
  "text",
  "text-lcov",
  "text-summary",
];

function guarded(folder: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

function partialsText(root: string, coverage: CoverageMapData): string {
  const files = Object.values(coverage).map((file) => {
    const rows = findPartials(file, readSource(file.path)).map(({ line, text }) => `  ${line}: ${text}\n`);
    return rows.length === 0 ? "" : `${path.relative(root, file.path)}\n${rows.join("")}`;
  });
  return files.join("") || "Every branch that was reached went all of its ways.\n";
}

/** A source that is gone has no texts to quote. */
function readSource(file: string): Uint8Array {
  return existsSync(file) ? readFileSync(file) : new Uint8Array();
}
