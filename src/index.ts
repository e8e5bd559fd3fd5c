export {
  checkCoverage,
  merge,
  type RunRequest,
  report,
  run,
  writeCoverage,
} from "./api.js";
export { type LoadOptions, loadConfig } from "./config/load.js";
export type { Options } from "./config/options.js";
export { hundred } from "./config/resolveThresholds.js";
export { type CoverRequest, type CoverResult, cover } from "./cover.js";
export { noCoverageOf } from "./discover/unmeasured.js";
export { agentFile } from "./engine/native/agent/agentFolder.js";
export { withoutAgent } from "./engine/native/agent/luaInit.js";
export { type ErrorCode, LuacovError } from "./errors.js";
export { type ExecRequest, type ExecResult, embeddedVersion, exec } from "./exec.js";
export { changeOf } from "./gates/changeOf.js";
export { type Gate, type GateOptions, gate } from "./gates/gate.js";
export { joinTestRecords } from "./harness/record/keepRecord.js";
export { nativeCommand } from "./nativeRun.js";
export { openPages } from "./report/openPages.js";
export { createTestReporter } from "./report/tests/reporters.js";
export { annotated as annotatedSource } from "./report/text/annotate.js";
export { coverageDoubts, shardDoubts } from "./store/doubts.js";
export { readCoverage } from "./store/read.js";
export type {
  ChangeCoverage,
  ChangedFile,
  ChangedLine,
  ChangedWay,
  Config,
  CoverageMapData,
  Exit,
  Figure,
  FileCoverageData,
  GlobThresholds,
  LineRange,
  Metric,
  Notice,
  Output,
  Place,
  ReporterEntry,
  RunResult,
  Status,
  Step,
  TestEvent,
  TestReport,
  TestReporter,
  TestReporterContext,
  TestReporterFactory,
  TestResult,
  Thresholds,
  Totals,
  Verdict,
  Violation,
  Watermarks,
} from "./types.js";
export { type WatchRequest, watch } from "./watch.js";
