/** The thread of fengari. Each engine has a thread of its own: what it loads takes as long as all else that a thread loads. */

import { ChunkCache } from "../../../engine/fengari/chunks/chunkCache.js";
import { openKeptChunks } from "../../../engine/fengari/chunks/keptChunks.js";
import { openStateAhead, prepareStates } from "../../../engine/fengari/state.js";
import { executeJob } from "./job.js";
import { serveJobs } from "./serveJobs.js";

let chunks: ChunkCache | null = null;

serveJobs(
  ({ job, debugging, hasInput }, { interrupt, keepsChunks }, tell, surroundings) => {
    chunks ??= new ChunkCache(openKeptChunks(job.scope.root));
    return executeJob(job, interrupt, tell, {
      ...surroundings,
      debugging,
      hasInput,
      chunks: keepsChunks ? chunks : null,
    });
  },
  prepareStates,
  openStateAhead,
);
