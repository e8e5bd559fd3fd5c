import { createHost } from "../../../engine/host/host.js";
import { limitMemory } from "../../../engine/host/primitives/memory.js";
import type { WasmVersion } from "../../../engine/wasm/package/versions.js";
import { examine } from "../../../engine/wasm/postMortem.js";
import { addToBacklog } from "./backlog.js";
import type { JobRequest, MachineNews, WorkerEnd, WorkerNews, WorkerSetup } from "./messages.js";
import { serve } from "./threads.js";

/** What a job has around it in each engine. */
interface Surroundings {
  readonly commands: WorkerSetup["commands"];
  readonly onBegin: () => void;
}

/** Inside a thread: runs the jobs that are asked for by `execute`, and looks at programs of other threads that were ended. */
export function serveJobs(
  execute: (
    request: JobRequest,
    setup: WorkerSetup,
    tell: (news: WorkerNews | MachineNews) => void,
    surroundings: Surroundings,
  ) => WorkerEnd,
  prepare: (version: WasmVersion | null, setup: WorkerSetup) => void,
): void {
  serve((request, setup, reply) => {
    if (request.kind === "preparation") return prepare(request.version, setup);
    limitMemory(request.kind === "job" ? request.memory : setup.memory);
    if (request.kind === "examination")
      return reply({ kind: "examined", traceback: examine(request.interruptible, createHost()) });
    const tell = (news: WorkerNews | MachineNews) => {
      reply(news);
      if (news.kind === "output") addToBacklog(setup.interrupt, news.outputs);
    };
    const surroundings = { commands: setup.commands, onBegin: () => reply({ kind: "begin" }) };
    reply({ kind: "end", end: execute(request, setup, tell, surroundings) });
  });
}
