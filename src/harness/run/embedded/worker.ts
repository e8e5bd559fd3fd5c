import type { ChunkCache } from "../../../engine/fengari/chunkCache.js";
import { createHost } from "../../../engine/host/host.js";
import { limitMemory } from "../../../engine/host/primitives/memory.js";
import { addToBacklog } from "./backlog.js";
import type { InterruptibleNews, JobRequest, Reply, WorkerEnd, WorkerNews, WorkerSetup } from "./messages.js";
import { serve } from "./threads.js";

let chunks: ChunkCache | null = null;

// An engine is loaded for the first program that runs in it: each takes as long as all else that a worker loads.
serve(async (request, setup, reply) => {
  limitMemory(setup.memory);
  if (request.kind === "job") return reply({ kind: "end", end: await execute(request, setup, reply) });
  const { examine } = await import("../../../engine/wasm/postMortem.js");
  reply({ kind: "examined", traceback: examine(request.interruptible, createHost()) });
});

async function execute(
  { job, lua }: JobRequest,
  setup: WorkerSetup,
  reply: (reply: Reply) => void,
): Promise<WorkerEnd> {
  const { interrupt, commands, turn, memory, keepsChunks } = setup;
  const tell = (news: WorkerNews | InterruptibleNews) => {
    reply(news);
    if (news.kind === "output") addToBacklog(interrupt, news.outputs);
  };
  const surroundings = { commands, onBegin: () => reply({ kind: "begin" }) };
  if (lua !== null) {
    const { executeWasmJob } = await import("./wasm/job.js");
    return executeWasmJob(job, lua, interrupt, tell, { ...surroundings, turn, memory });
  }
  const { executeJob, createChunks } = await import("./job.js");
  chunks ??= keepsChunks ? createChunks() : null;
  return executeJob(job, interrupt, tell, { ...surroundings, chunks });
}
