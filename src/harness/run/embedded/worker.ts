import { ChunkCache } from "../../../engine/fengari/chunkCache.js";
import { limitMemory } from "../../../engine/host/primitives/memory.js";
import { addToBacklog } from "./backlog.js";
import { executeJob } from "./job.js";
import type { WorkerNews } from "./messages.js";
import { serve } from "./threads.js";

const chunks = new ChunkCache();

serve((job, { interrupt, commands, memory, keepsChunks }, reply) => {
  limitMemory(memory);
  const tell = (news: WorkerNews) => {
    reply(news);
    if (news.kind === "output") addToBacklog(interrupt, news.outputs);
  };
  const onBegin = () => reply({ kind: "begin" });
  const surroundings = { chunks: keepsChunks ? chunks : null, commands, onBegin };
  reply({ kind: "end", end: executeJob(job, interrupt, tell, surroundings) });
});
