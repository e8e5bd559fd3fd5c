import { ChunkCache } from "../../../engine/fengari/chunkCache.js";
import { limitMemory } from "../../../engine/host/primitives/memory.js";
import { addToBacklog } from "./backlog.js";
import { executeJob } from "./job.js";
import type { InterruptibleNews, WorkerNews } from "./messages.js";
import { serve } from "./threads.js";
import { executeWasmJob } from "./wasmJob.js";

const chunks = new ChunkCache();

serve(({ job, lua }, { interrupt, commands, memory, keepsChunks }, reply) => {
  limitMemory(memory);
  const tell = (news: WorkerNews | InterruptibleNews) => {
    reply(news);
    if (news.kind === "output") addToBacklog(interrupt, news.outputs);
  };
  const onBegin = () => reply({ kind: "begin" });
  const surroundings = { chunks: keepsChunks ? chunks : null, commands, onBegin };
  const execute = () =>
    lua === null
      ? executeJob(job, interrupt, tell, surroundings)
      : executeWasmJob(job, lua, interrupt, tell, { ...surroundings, memory });
  reply({ kind: "end", end: execute() });
});
