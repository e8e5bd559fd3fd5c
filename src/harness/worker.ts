import { executeJob } from "./job.js";
import { serve } from "./threads.js";

serve((job, { interrupt }, reply) => {
  reply({ kind: "begin" });
  const end = executeJob(job, interrupt, reply);
  reply({ kind: "end", end });
});
