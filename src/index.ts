export { checkCoverage, merge, type RunRequest, report, run } from "./api.js";
export { type LoadOptions, loadConfig } from "./config/load.js";
export type { Options } from "./config/options.js";
export { readCoverage } from "./coverage/store.js";
export { type ErrorCode, LuacovError } from "./errors.js";
export type {
  Config,
  CoverageMapData,
  FileCoverageData,
  Metric,
  Notice,
  RunResult,
  TestResult,
  Thresholds,
  Verdict,
  Violation,
  Watermarks,
} from "./types.js";
