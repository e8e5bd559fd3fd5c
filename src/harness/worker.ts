import { executeJob } from "./job.js";
import { serve } from "./threads.js";

serve((job, { interrupt }, reply) => {
  const end = executeJob(job, interrupt, (chunk) => reply({ kind: "chunk", chunk }));
  reply({ kind: "end", end });
});
