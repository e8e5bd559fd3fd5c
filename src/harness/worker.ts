import { addToBacklog } from "./backlog.js";
import { executeJob } from "./job.js";
import { serve } from "./threads.js";

serve((job, { interrupt }, reply) => {
  reply({ kind: "begin" });
  const end = executeJob(job, interrupt, (news) => {
    reply(news);
    if (news.kind === "output") addToBacklog(interrupt, news.outputs);
  });
  reply({ kind: "end", end });
});
