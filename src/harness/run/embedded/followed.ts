/** What follows a program in fengari: what counts what it runs, its tests, its profile, its trace, its debugger. */

import { appendFileSync } from "node:fs";
import { type CallTrace, createCallTrace } from "../../../engine/fengari/callTrace/callTrace.js";
import { createCounterTable } from "../../../engine/fengari/collect/counters.js";
import { limitedTracer } from "../../../engine/fengari/collect/limitedTracer.js";
import { cells, orders } from "../../../engine/fengari/collect/orders.js";
import { createPartCounters } from "../../../engine/fengari/collect/parts.js";
import { coverageTracer } from "../../../engine/fengari/collect/tracer.js";
import { createDebugger, type ProgramDebugger } from "../../../engine/fengari/debugging.js";
import type { LuaState } from "../../../engine/fengari/fengari.js";
import { createProfiler, type Profiler } from "../../../engine/fengari/profile/profiler.js";
import type { Followers, FollowersFactory } from "../../../engine/fengari/program.js";
import type { Stop } from "../../../engine/fengari/stop.js";
import type { Tracer } from "../../../engine/fengari/trace.js";
import type { Host } from "../../../engine/host/host.js";
import type { TestNews } from "../../../engine/news.js";
import { realPath } from "../../../files/files.js";
import { pathOf } from "../../../files/names.js";
import { noParts } from "../../../hits/byTest/countedParts.js";
import type { Job, Profile, TraceRequest } from "../../../types.js";
import { createThreadChannel } from "./debugging/channel.js";
import type { DebugNews, WorkerNews } from "./messages.js";
import type { MessagePort } from "./threads.js";
import type { Waits } from "./waits.js";

export interface Followed {
  readonly followersFor: FollowersFactory;
  readonly debugged: ProgramDebugger | null;
  onTest(news: TestNews): void;
  /** The program has ended. */
  onEnd(): void;
  /** Where the time went, once the program has ended; null where nobody has asked. */
  profile(): Profile | null;
}

/** What follows a program has this around it. */
export interface FollowedOptions {
  readonly host: Host;
  readonly interrupt: Int32Array;
  readonly waits: Waits;
  readonly tell: (news: WorkerNews | DebugNews) => void;
  /** The real path that a chunk's source stands for, if that file is measured. */
  readonly measured: (source: string) => string | null;
  /** Through which lines for its debugger come; null where nobody debugs. */
  readonly debugging: MessagePort | null;
}

export function createFollowed(job: Job, options: FollowedOptions): Followed {
  const { host, interrupt, tell, measured } = options;
  const parts = job.byTest === true ? createPartCounters() : null;
  let profiler: Profiler | null = null;
  let trace: CallTrace | null = null;
  const debugged = debuggerOf(options, (isStanding) => {
    profiler?.stand(isStanding);
    // It has stood still, whoever asked for that last.
    if (!isStanding) Atomics.compareExchange(interrupt, cells.order, orders.pause, 0);
  });
  const table = createCounterTable({
    measuredPath: measured,
    onChunk: (chunk) => tell({ kind: "chunk", chunk }),
  });
  const counting = (stop: Stop): Tracer => {
    const { file, maxInstructions } = job.program;
    const onPause = (L: LuaState) => debugged?.pause(L) ?? true;
    const tracer = coverageTracer(table, stop, interrupt, { file, onPause, parts });
    return maxInstructions === undefined ? tracer : limitedTracer(tracer, stop, maxInstructions, file);
  };
  const followersFor = (stop: Stop, L: LuaState): Followers => {
    const tracer = counting(stop);
    trace = traceOf(job, L, tracer, stop, host);
    if (trace !== null) return trace;
    profiler = profilerOf(job, L, tracer, host);
    return { tracer: profiler?.tracer ?? tracer, onCall: profiler?.onCall ?? null };
  };
  const onTest = (news: TestNews) => {
    if (news.kind === "ran") {
      const counts = parts?.take() ?? noParts;
      if (counts.keys.length > 0 || news.part.kind === "test") tell({ ...news, counts });
      return;
    }
    // A test begins and ends between what was written before and after.
    host.flush();
    profiler?.onTest(news);
    trace?.onTest(news);
    tell(news);
  };
  const onEnd = () => {
    if (parts !== null) tell({ kind: "rest", counts: parts.take() });
  };
  return { followersFor, debugged, onTest, onEnd, profile: () => profiler?.profile() ?? null };
}

function debuggerOf(
  { host, interrupt, waits, tell, measured, debugging }: FollowedOptions,
  onStand: (isStanding: boolean) => void,
): ProgramDebugger | null {
  if (debugging === null) return null;
  const isMeasured = (name: string) => measured(`@${name}`) !== null;
  const channel = createThreadChannel(debugging, interrupt, waits, tell);
  return createDebugger(channel, { flush: host.flush, isMeasured, onStand });
}

/** What writes down what the program calls and executes, if anybody wants to know. */
function traceOf({ trace }: Job, L: LuaState, tracer: Tracer, stop: Stop, host: Host): CallTrace | null {
  if (trace === undefined || trace === null) return null;
  const fileOf = (name: string) => host.directory.resolveText(name);
  return createCallTrace(L, tracer, { request: trace, fileOf, write: traceWriter(trace, host), stop });
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
