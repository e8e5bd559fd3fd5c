import { ChunkCache } from "../../../engine/fengari/chunkCache.js";
import { createHost } from "../../../engine/host/host.js";
import { limitMemory } from "../../../engine/host/primitives/memory.js";
import { examine } from "../../../engine/wasm/postMortem.js";
import { addToBacklog } from "./backlog.js";
import { executeJob } from "./job.js";
import type { InterruptibleNews, JobRequest, Reply, WorkerEnd, WorkerNews, WorkerSetup } from "./messages.js";
import { serve } from "./threads.js";
import { executeWasmJob } from "./wasm/job.js";

const chunks = new ChunkCache();

serve((request, setup, reply) => {
  limitMemory(setup.memory);
  if (request.kind === "job") reply({ kind: "end", end: execute(request, setup, reply) });
  else reply({ kind: "examined", traceback: examine(request.interruptible, createHost()) });
});

function execute({ job, lua }: JobRequest, setup: WorkerSetup, reply: (reply: Reply) => void): WorkerEnd {
  const { interrupt, commands, turn, memory, keepsChunks } = setup;
  const tell = (news: WorkerNews | InterruptibleNews) => {
    reply(news);
    if (news.kind === "output") addToBacklog(interrupt, news.outputs);
  };
  const surroundings = { commands, onBegin: () => reply({ kind: "begin" }) };
  if (lua !== null) return executeWasmJob(job, lua, interrupt, tell, { ...surroundings, turn, memory });
  return executeJob(job, interrupt, tell, { ...surroundings, chunks: keepsChunks ? chunks : null });
}
