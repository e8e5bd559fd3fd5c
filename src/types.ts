/** Every type that crosses a folder. */

export type * from "./types/accesses.js";
export type * from "./types/byTest.js";
export type * from "./types/change.js";
export type * from "./types/chunk.js";
export type * from "./types/config.js";
export type * from "./types/coverageMap.js";
export type * from "./types/debug.js";
export type * from "./types/hits.js";
export type * from "./types/job.js";
export type * from "./types/luacov.js";
export type * from "./types/mutation.js";
export type * from "./types/order.js";
export type * from "./types/plan.js";
export type * from "./types/probedSource.js";
export type * from "./types/profile.js";
export type * from "./types/profileReport.js";
export type * from "./types/project.js";
export type * from "./types/runResult.js";
export type * from "./types/testHits.js";
export type * from "./types/testReporter.js";
export type * from "./types/testResult.js";
export type * from "./types/trace.js";
