/** The thread of PUC-Rio's Luas. */

import { serveJobs } from "../serveJobs.js";
import { executeWasmJob, prepareVersion } from "./job.js";

serveJobs(
  ({ job, lua, memory, debugging }, { interrupt, turn }, tell, surroundings) => {
    if (lua === null) throw new Error("a job of fengari's");
    return executeWasmJob(job, lua, interrupt, tell, { ...surroundings, debugging, turn, memory });
  },
  (version, { turn, memory }) => prepareVersion(version, turn, memory),
);
