import { ChunkCache } from "../../engine/fengari/chunkCache.js";
import { cells } from "../../engine/fengari/collect/orders.js";
import { addToBacklog } from "./backlog.js";
import { executeJob } from "./job.js";
import type { News } from "./messages.js";
import { serve } from "./threads.js";

const chunks = new ChunkCache();

serve((job, { interrupt, commands }, reply) => {
  const tell = (news: News) => {
    reply(news);
    if (news.kind === "output") addToBacklog(interrupt, news.outputs);
  };
  // A program whose memory is limited must not pay for what others have loaded.
  const isLimited = interrupt[cells.maxMemory] !== 0;
  const onBegin = () => reply({ kind: "begin" });
  const surroundings = { chunks: isLimited ? null : chunks, commands, onBegin };
  reply({ kind: "end", end: executeJob(job, interrupt, tell, surroundings) });
});
