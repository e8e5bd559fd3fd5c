import { appendFileSync } from "node:fs";
import { verdict } from "../../../discover/verdict.js";
import { type CallTrace, createCallTrace } from "../../../engine/fengari/callTrace/callTrace.js";
import type { ChunkCache } from "../../../engine/fengari/chunks/chunkCache.js";
import { createCounterTable } from "../../../engine/fengari/collect/counters.js";
import { limitedTracer } from "../../../engine/fengari/collect/limitedTracer.js";
import { hitsOf, type LiveChunk } from "../../../engine/fengari/collect/liveChunk.js";
import { orders } from "../../../engine/fengari/collect/orders.js";
import { createPartCounters } from "../../../engine/fengari/collect/parts.js";
import { coverageTracer } from "../../../engine/fengari/collect/tracer.js";
import { createDebugger } from "../../../engine/fengari/debugging.js";
import type { LuaState } from "../../../engine/fengari/fengari.js";
import { createProfiler, type Profiler } from "../../../engine/fengari/profile/profiler.js";
import { type Followers, runProgram } from "../../../engine/fengari/program.js";
import type { Stop } from "../../../engine/fengari/stop.js";
import type { Tracer } from "../../../engine/fengari/trace.js";
import { createHost, type Host } from "../../../engine/host/host.js";
import { localLauncher } from "../../../engine/host/primitives/commands/launcher.js";
import type { TestNews } from "../../../engine/news.js";
import { isFile, realPath } from "../../../files/files.js";
import { pathOf } from "../../../files/names.js";
import { noHits } from "../../../hits/sum.js";
import { emptyProfile } from "../../../profile/merge.js";
import type { Exit, Job, Outcome, Scope, TraceRequest } from "../../../types.js";
import { createRecord } from "../record.js";
import { createCapture } from "./capture.js";
import { createThreadChannel } from "./debugging/channel.js";
import { createLauncher } from "./launcher.js";
import { createLookedFor, realOrGiven } from "./lookedFor.js";
import type { DebugNews, WorkerEnd, WorkerNews } from "./messages.js";
import type { MessagePort } from "./threads.js";
import { createWaits } from "./waits.js";

/** Runs one program in a fresh state, in this thread. */
export function runJob(job: Job, interrupt: Int32Array, chunks: ChunkCache | null = null): Outcome {
  const record = createRecord(job);
  const live: LiveChunk[] = [];
  const tell = (news: WorkerNews | DebugNews) => {
    if (news.kind === "chunk") live.push(news.chunk);
    // Nobody debugs in this thread.
    else if (news.kind !== "debugger") record.add(news);
  };
  const { profile = emptyProfile, ...end } = executeJob(job, interrupt, tell, {
    chunks,
    commands: null,
    debugging: null,
    hasInput: true,
  });
  return record.outcome({ ...end, hits: { ...noHits, bytecode: hitsOf(live), profile } });
}

export interface JobSurroundings {
  /** What jobs before this one have compiled. */
  readonly chunks: ChunkCache | null;
  /** When the program begins: its time runs from then on. */
  readonly onBegin?: () => void;
  /** Where to ask for the program's commands; null to start them in this thread. */
  readonly commands: MessagePort | null;
  /** Through which lines for its debugger come; null where nobody debugs. */
  readonly debugging: MessagePort | null;
  /** Whether it may read standard input. */
  readonly hasInput: boolean;
}

/**
 * Runs one program in a fresh state. `tell` hears of the files that it loads, of the counters of each measured
 * chunk before it runs, and of a test file's output and tests. Setting `interrupt[0]` from another thread ends
 * the program early, for the reason that the order gives.
 */
export function executeJob(
  job: Job,
  interrupt: Int32Array,
  tell: (news: WorkerNews | DebugNews) => void,
  { chunks, commands, debugging, hasInput, onBegin = () => {} }: JobSurroundings,
): WorkerEnd {
  const { program, scope } = job;
  const { sandbox = null, environment = {} } = program;
  const sink = job.test === null ? null : createCapture((outputs) => tell({ kind: "output", outputs }));
  const waits = createWaits(interrupt);
  const { pause } = waits;
  const launcher = commands === null ? localLauncher : createLauncher(commands, waits);
  const lookedFor = createLookedFor(scope.root);
  const host = createHost({
    sandbox,
    environment,
    sink,
    launcher,
    pause,
    hasInput,
    onLook: lookedFor.add,
    notesAccesses: job.tellsAccesses === true,
  });
  const parts = job.byTest === true ? createPartCounters() : null;
  const onTest = (news: TestNews) => {
    if (news.kind === "ran") {
      const counts = parts?.take() ?? [];
      if (counts.length > 0 || news.part.kind === "test") tell({ ...news, counts });
      return;
    }
    // A test begins and ends between what was written before and after.
    host.flush();
    profiler?.onTest(news);
    trace?.onTest(news);
    tell(news);
  };
  let profiler: Profiler | null = null;
  let trace: CallTrace | null = null;
  const ran = new Set<string>();
  const measured = fileMeasurer(host, scope, (file, exists) => {
    ran.add(file);
    tell({ kind: "loaded", file, isFile: exists });
  });
  const isMeasured = (name: string) => measured(`@${name}`) !== null;
  const debugged =
    debugging === null
      ? null
      : createDebugger(createThreadChannel(debugging, interrupt, waits, tell), {
          flush: host.flush,
          isMeasured,
          onStand: (isStanding) => profiler?.stand(isStanding),
        });
  const onChunk = (chunk: LiveChunk) => tell({ kind: "chunk", chunk });
  const table = createCounterTable({ measuredPath: measured, onChunk });
  let start = performance.now();
  const begin = () => {
    start = performance.now();
    onBegin();
  };
  const limits = new Set<string>();
  const { maxInstructions, file } = program;
  const followersFor = (stop: Stop, L: LuaState): Followers => {
    const counting = coverageTracer(table, stop, interrupt, {
      file,
      onPause: (L1) => debugged?.pause(L1),
      parts,
    });
    const tracer =
      maxInstructions === undefined ? counting : limitedTracer(counting, stop, maxInstructions, file);
    if (job.trace !== undefined && job.trace !== null) {
      const write = traceWriter(job.trace, host);
      const fileOf = (name: string) => host.directory.resolveText(name);
      trace = createCallTrace(L, tracer, { request: job.trace, fileOf, write, stop });
      return trace;
    }
    profiler = profilerOf(job, L, tracer, host);
    return { tracer: profiler?.tracer ?? tracer, onCall: profiler?.onCall ?? null };
  };
  const onLimit = (limit: string) => limits.add(limit);
  const errors = job.test === null ? "standard error" : "caller";
  const options = { host, onLimit, onTest, onBegin: begin, chunks, errors, debugged } as const;
  const ended = runProgram(program, followersFor, options);
  const exit = waits.endedBy() === null || isEarly(ended) ? ended : exitOf(waits.endedBy(), program.file);
  return {
    exit,
    duration: performance.now() - start,
    unloaded: lookedFor.without(ran),
    limits: [...limits],
    interrupted: exit.kind === "interrupted",
    ...profileOf(profiler),
    ...accessesOf(host, ran),
  };
}

/** What was looked for was run if its real path was. */
function accessesOf({ accesses }: Host, ran: ReadonlySet<string>): Pick<WorkerEnd, "accesses"> {
  if (accesses === null) return {};
  return { accesses: accesses.accesses((file) => ran.has(file) || ran.has(realOrGiven(file))) };
}

/** Where a trace goes: to the file that has been begun for it, or to standard error. */
function traceWriter({ output }: TraceRequest, host: Host): (bytes: Uint8Array) => void {
  if (output === null) return host.complain;
  return (bytes) => appendFileSync(pathOf(output), bytes);
}

/** What finds out where the time of a job goes, if anybody wants to know. */
function profilerOf({ profile }: Job, L: LuaState, tracer: Tracer, host: Host): Profiler | null {
  if (profile === undefined || profile === null) return null;
  const fileOf = (name: string) => realPath(host.directory.resolveText(name));
  const mode = profile.mode === "memory" ? "exact" : profile.mode;
  return createProfiler(L, tracer, { ...profile, mode, fileOf });
}

function profileOf(profiler: Profiler | null): Pick<WorkerEnd, "profile"> {
  return profiler === null ? {} : { profile: profiler.profile() };
}

/** What a program makes of a wait that was ended is not how it ended: it may have had no instruction left to be told. */
function exitOf(order: number | null, file: string): Exit {
  if (order === orders.interrupt) return { kind: "interrupted" };
  return { kind: "timed out", place: file, traceback: "" };
}

function isEarly({ kind }: Exit): boolean {
  return kind !== "returned" && kind !== "exited" && kind !== "failed";
}

/**
 * Gives the real path that a chunk's source stands for, if that file is measured; `./a.lua` and `a.lua` are one.
 * `onLoad` hears of each file once, and of each name that is no file.
 */
function fileMeasurer(host: Host, scope: Scope, onLoad: (file: string, isFile: boolean) => void) {
  const known = new Map<string, boolean>();
  const isMeasured = (file: string, exists: boolean): boolean => {
    const found = known.get(file) ?? (exists && verdict(scope, file).measured);
    if (!known.has(file)) onLoad(file, exists);
    known.set(file, found);
    return found;
  };
  return (source: string): string | null => {
    if (!source.startsWith("@")) return null;
    const file = host.directory.resolveText(source.slice(1));
    const exists = isFile(file);
    const real = exists ? realPath(file) : file;
    return isMeasured(real, exists) ? real : null;
  };
}
