/** Whether what a run leaves has a place, which is asked before anything runs. */

import path from "node:path";
import { noFile, noFolder } from "../errors/outputs.js";
import { isFolder, statsOf } from "../files/files.js";
import type { Config } from "../types.js";
import { findReporters } from "./reporters.js";

/** Reporters that write to the terminal, or where the environment says. */
const withoutFiles: readonly string[] = [
  ...["teamcity", "text", "text-lcov", "text-summary"],
  ...["partial", "markdown", "github"],
];

type Places = Pick<
  Config,
  "given" | "coverage" | "reporter" | "cwd" | "profile" | "profileReporter" | "reportDir" | "tempDir"
>;

/**
 * Refuses folders in whose place something else is. Nobody minds what a folder of reports is called by default where there are to be
 * none. Throws NOT_WRITABLE, and UNKNOWN_REPORTER.
 */
export function checkFolders(config: Places): void {
  const { given, coverage, reportDir, tempDir } = config;
  if (given.includes("reportDir") || writesReports(config)) checkFolder("report-dir", reportDir);
  if (given.includes("tempDir") || coverage) checkFolder("temp-dir", tempDir);
}

/** The same for tests, which leave a record of how they went. */
export function checkOutputs(config: Places & Pick<Config, "testRecord">): void {
  const { given, testRecord } = config;
  checkFolders(config);
  if (!given.includes("testRecord")) return;
  if (isFolder(testRecord)) throw noFile("test-record", testRecord);
  checkFolder("test-record", path.dirname(testRecord));
}

export function checkFolder(option: string, folder: string): void {
  const file = nearest(folder);
  if (!isFolder(file)) throw noFolder(option, folder, file);
}

/** The folder itself, or the next one around it where there is anything. */
function nearest(folder: string): string {
  const parent = path.dirname(folder);
  return parent === folder || statsOf(folder) !== null ? folder : nearest(parent);
}

function writesReports(config: Places): boolean {
  const { coverage, profile, profileReporter } = config;
  const isWritten = findReporters(config).some(
    ({ name, options, by }) =>
      by.kind !== "module" && (!withoutFiles.includes(name) || options.file !== undefined),
  );
  return (coverage && isWritten) || (profile !== null && profileReporter.some((name) => name !== "table"));
}
