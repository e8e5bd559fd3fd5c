/** The thread of fengari. Each engine has a thread of its own: what it loads takes as long as all else that a thread loads. */

import { ChunkCache } from "../../../engine/fengari/chunkCache.js";
import { executeJob } from "./job.js";
import { serveJobs } from "./serveJobs.js";

const chunks = new ChunkCache();

serveJobs(({ job }, { interrupt, keepsChunks }, tell, surroundings) =>
  executeJob(job, interrupt, tell, { ...surroundings, chunks: keepsChunks ? chunks : null }),
);
