/** Every type that crosses a folder. */

export type * from "./types/change.js";
export type * from "./types/config.js";
export type * from "./types/coverageMap.js";
export type * from "./types/debug.js";
export type * from "./types/hits/accesses.js";
export type * from "./types/hits/byTest.js";
export type * from "./types/hits/chunk.js";
export type * from "./types/hits/hits.js";
export type * from "./types/hits/probedSource.js";
export type * from "./types/hits/testHits.js";
export type * from "./types/luacov.js";
export type * from "./types/mutation.js";
export type * from "./types/order.js";
export type * from "./types/profile.js";
export type * from "./types/profileReport.js";
export type * from "./types/project.js";
export type * from "./types/tests/job.js";
export type * from "./types/tests/plan.js";
export type * from "./types/tests/runResult.js";
export type * from "./types/tests/testReporter.js";
export type * from "./types/tests/testResult.js";
export type * from "./types/trace.js";
