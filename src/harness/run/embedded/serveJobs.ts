import { createHost } from "../../../engine/host/host.js";
import { collectLeftovers, limitMemory } from "../../../engine/host/primitives/memory.js";
import type { WasmVersion } from "../../../engine/wasm/package/versions.js";
import { examine } from "../../../engine/wasm/postMortem.js";
import type { Scope } from "../../../types.js";
import type { JobRequest, MachineNews, WorkerEnd, WorkerNews, WorkerSetup } from "./messages.js";
import { addToBacklog } from "./telling/backlog.js";
import { createPartsWriting } from "./telling/partsLog.js";
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
  onEnd: () => void = () => {},
): void {
  let known: Scope | null = null;
  serve((request, setup, reply) => {
    if (request.kind === "preparation") return prepare(request.version, setup);
    limitMemory(request.kind === "job" ? request.memory : setup.memory);
    if (request.kind === "examination")
      return reply({ kind: "examined", traceback: examine(request.interruptible, createHost()) });
    const write = createPartsWriting(setup.parts);
    const tell = (news: WorkerNews | MachineNews) => {
      if ((news.kind === "ran" || news.kind === "rest") && write(news)) return;
      reply(news);
      if (news.kind === "output") addToBacklog(setup.interrupt, news.outputs);
    };
    const surroundings = { commands: setup.commands, onBegin: () => reply({ kind: "begin" }) };
    known = request.scope ?? known;
    if (known === null) throw new Error("the first job of a worker has no scope");
    const job = { ...request.job, scope: known };
    reply({ kind: "end", end: execute({ ...request, job }, setup, tell, surroundings) });
    collectLeftovers();
    onEnd();
  });
}
