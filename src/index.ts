export type { AloneRequest } from "./api/alone.js";
export type { Asking } from "./api/asking.js";
export type { CoverRequest, CoverResult } from "./api/cover.js";
export type { ExecRequest, ExecResult } from "./api/exec.js";
export type { ListedTest, Listing } from "./api/listing.js";
export type { ListedMutant, MutationRequest } from "./api/mutating.js";
export type { ProfileResult } from "./api/profiling.js";
export { run } from "./api/run.js";
export type { RunRequest } from "./api/running/request.js";
export {
  type Collected,
  checkCoverage,
  collectCoverage,
  merge,
  removeStats,
  report,
  writeCoverage,
} from "./api/stored.js";
export { openTrace } from "./api/tracing.js";
export type { WatchRequest } from "./api/watch.js";
export type { Suite as TestsOfSuite } from "./byTest/query.js";
export type { Share as ShareOfTest, SourceShare as ShareOfSource } from "./byTest/shares.js";
export type { Varying as VaryingTest } from "./byTest/varying.js";
export type { Answer as TestsOfAsked } from "./byTest/who.js";
export { knownRefs } from "./change/refs.js";
export type { LoadOptions } from "./config/load.js";
export type { Options } from "./config/options/options.js";
export { resolveDebug } from "./config/resolveDebug.js";
export { hundred } from "./config/resolveThresholds.js";
export { resolveTrace } from "./config/resolveTrace.js";
export type {
  DebugFrontEnd,
  DebuggedProgram,
  DebugPort,
  DebugTerminal,
  EditorPort,
} from "./debug/program.js";
export { testName } from "./discover/testCode.js";
export { noCoverageOf } from "./discover/unmeasured.js";
export { agentFile } from "./engine/native/agent/agentFile.js";
export { withoutAgent } from "./engine/native/agent/luaInit.js";
export { type ErrorCode, LuacovError } from "./errors.js";
export { changeOf } from "./gates/changeOf.js";
export { type Gate, type GateOptions, gate } from "./gates/gate.js";
export { joinTestRecords } from "./harness/record/keepRecord.js";
export {
  areKnownSources,
  chooseProjects,
  cover,
  exec,
  knownSpecs,
  listenForEditors,
  listMutants,
  listTests,
  lookAtProject,
  mutate,
  mutationReport,
  openDebugPort,
  openTerminal,
  profile,
  projectsIn,
  serveEditor,
  sharesOfTests,
  testsAlone,
  watch,
  whoRuns,
  writeConfiguration,
  writeMutation,
  writeProfile,
} from "./late.js";
export { loadConfig } from "./loadConfig.js";
export { embeddedVersion, nativeCommand } from "./luas/luas.js";
export { type MutationScore, scoreOf as mutationScoreOf } from "./mutation/score.js";
export {
  type ConfigurationText,
  configurationText,
  settingText,
} from "./project/configurationText.js";
export type { Problem, Project, Said, Setting } from "./project/project.js";
export { type Remapped, remap } from "./remap/remap.js";
export type { StrykerReport } from "./report/mutation/strykerReport.js";
export { openFlameGraph, openPages } from "./report/openPages.js";
export { createTestReporter } from "./report/tests/reporters.js";
export { annotated as annotatedSource } from "./report/text/annotate.js";
export { coverageDoubts, shardDoubts } from "./store/doubts.js";
export { keptProfile } from "./store/profileFile.js";
export { readCoverage } from "./store/read.js";
export type {
  ChangeCoverage,
  ChangedFile,
  ChangedLine,
  ChangedWay,
  Config,
  CoverageMapData,
  CoveredLines,
  DebugRequest,
  DependentTest,
  Exit,
  Figure,
  FileCoverageData,
  GlobThresholds,
  HeldMemory,
  InseparableTest,
  LineCounts,
  LineRange,
  ListenRequest,
  MemoryHolder,
  Metric,
  Mutant,
  MutantResult,
  MutantStatus,
  MutatedSource,
  MutationProgress,
  MutationReporterName,
  MutationResult,
  MutationTest,
  Notice,
  OrderedTest,
  OrderReport,
  Output,
  Place,
  Profile,
  ProfiledFunction,
  ProfileMode,
  ProfileNode,
  ProfileReporterName,
  ProfileReportOptions,
  ProfileRequest,
  ReporterEntry,
  RunResult,
  Sampling,
  Status,
  Step,
  TestEvent,
  TestProject,
  TestReport,
  TestReporter,
  TestReporterContext,
  TestReporterFactory,
  TestResult,
  TestsOfChange,
  TestVerdict,
  Thresholds,
  Totals,
  TraceRequest,
  Verdict,
  Violation,
  Watermarks,
} from "./types.js";
