import { verdict } from "../../../discover/verdict.js";
import type { ChunkCache } from "../../../engine/fengari/chunks/chunkCache.js";
import { hitsOf, type LiveChunk } from "../../../engine/fengari/collect/liveChunk.js";
import { orders } from "../../../engine/fengari/collect/orders.js";
import { runProgram } from "../../../engine/fengari/program.js";
import { createHost, type Host } from "../../../engine/host/host.js";
import { localLauncher } from "../../../engine/host/primitives/commands/launcher.js";
import { isFile, isLed, realPath } from "../../../files/files.js";
import { noHits } from "../../../hits/sum.js";
import { emptyProfile } from "../../../profile/merge.js";
import type { Exit, Job, Outcome, Scope } from "../../../types.js";
import { createRecord } from "../record.js";
import { createCapture } from "./capture.js";
import { createFollowed, type Followed } from "./followed.js";
import { createLauncher } from "./launcher.js";
import { createLookedFor, realOrGiven } from "./lookedFor.js";
import type { DebugNews, WorkerEnd, WorkerNews } from "./messages.js";
import type { MessagePort } from "./threads.js";
import { createWaits, type Waits } from "./waits.js";

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
  const { program, scope, test } = job;
  const waits = createWaits(interrupt);
  const lookedFor = createLookedFor(scope.root);
  const host = hostOf(job, tell, waits, lookedFor.add, { commands, hasInput });
  const ran = new Set<string>();
  const measured = fileMeasurer(host, scope, (file, exists) => {
    ran.add(file);
    tell({ kind: "loaded", file, isFile: exists });
  });
  const followed = createFollowed(job, { host, interrupt, waits, tell, measured, debugging });
  let start = performance.now();
  const limits = new Set<string>();
  const ended = runProgram(program, followed.followersFor, {
    host,
    chunks,
    debugged: followed.debugged,
    errors: test === null ? "standard error" : "caller",
    onLimit: (limit) => limits.add(limit),
    onTest: followed.onTest,
    onBegin: () => {
      start = performance.now();
      onBegin();
    },
  });
  followed.onEnd();
  const exit = waits.endedBy() === null || isEarly(ended) ? ended : exitOf(waits.endedBy(), program.file);
  return {
    exit,
    duration: performance.now() - start,
    unloaded: lookedFor.without(ran),
    limits: [...limits],
    interrupted: exit.kind === "interrupted",
    ...profileOf(followed),
    ...accessesOf(host, ran),
  };
}

/** What surrounds the program of a job. `onLook` hears of each Lua file that it looks for. */
function hostOf(
  { program, test, tellsAccesses }: Job,
  tell: (news: WorkerNews) => void,
  waits: Waits,
  onLook: (file: string) => void,
  { commands, hasInput }: Pick<JobSurroundings, "commands" | "hasInput">,
): Host {
  const { sandbox = null, environment = {} } = program;
  return createHost({
    sandbox,
    environment,
    sink: test === null ? null : createCapture((outputs) => tell({ kind: "output", outputs })),
    launcher: commands === null ? localLauncher : createLauncher(commands, waits),
    pause: waits.pause,
    hasInput,
    onLook,
    notesAccesses: tellsAccesses === true,
  });
}

/** What was looked for was run if its real path was. */
function accessesOf({ accesses }: Host, ran: ReadonlySet<string>): Pick<WorkerEnd, "accesses"> {
  if (accesses === null) return {};
  return { accesses: accesses.accesses((file) => ran.has(file) || ran.has(realOrGiven(file)), isLed) };
}

function profileOf(followed: Followed): Pick<WorkerEnd, "profile"> {
  const profile = followed.profile();
  return profile === null ? {} : { profile };
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
