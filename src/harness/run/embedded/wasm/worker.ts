/** The thread of PUC-Rio's Luas. */

import { serveJobs } from "../serveJobs.js";
import { executeWasmJob, prepareVersion } from "./job.js";

serveJobs(
  ({ job, lua, memory, debugging, hasInput }, { interrupt, turn }, tell, surroundings) => {
    if (lua === null) throw new Error("a job of fengari's");
    return executeWasmJob(job, lua, interrupt, tell, { ...surroundings, debugging, hasInput, turn, memory });
  },
  (version, { turn, memory }) => {
    if (version !== null) prepareVersion(version, turn, memory);
  },
);
