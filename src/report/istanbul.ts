/**
 * Istanbul's packages for reports. They take a tenth of the time in which a command starts, so the first report loads
 * them: many a command writes none.
 */

import { createRequire } from "node:module";
import type { Config } from "../types.js";

const require = createRequire(import.meta.url);

export function istanbulLibReport(): typeof import("istanbul-lib-report") {
  return require("istanbul-lib-report");
}

export function istanbulReports(): typeof import("istanbul-reports") {
  return require("istanbul-reports");
}

/** Loads them beforehand, for who waits anyway and will report. */
export function loadIstanbul({ reporter, coverage }: Pick<Config, "reporter" | "coverage">): void {
  if (!coverage || reporter.every((entry) => entry === "none")) return;
  istanbulLibReport();
  istanbulReports();
}
