import { cells, orders } from "../../../../engine/fengari/collect/orders.js";
import { createHost } from "../../../../engine/host/host.js";
import { localLauncher } from "../../../../engine/host/primitives/commands/launcher.js";
import { jobText } from "../../../../engine/native/jobs/jobFile.js";
import { readNews } from "../../../../engine/native/jobs/news.js";
import { placeOfLimit, startOf } from "../../../../engine/native/jobs/place.js";
import { createTold, type Told } from "../../../../engine/native/jobs/told.js";
import type { News } from "../../../../engine/news.js";
import { Interrupted } from "../../../../engine/wasm/interruption.js";
import { createRunning } from "../../../../engine/wasm/machine/machine.js";
import type { CompilingTurn } from "../../../../engine/wasm/machine/wellCompiled.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";
import { runWasmProgram, type WasmEnd } from "../../../../engine/wasm/program.js";
import { currentFolder } from "../../../../files/files.js";
import type { Exit, Job, Step } from "../../../../types.js";
import { createCapture } from "../capture.js";
import { createThreadChannel } from "../debugging/channel.js";
import type { JobSurroundings } from "../job.js";
import { createLauncher } from "../launcher.js";
import { memoryHint, outOfMemory } from "../memoryHint.js";
import type { JobRequest, MachineNews, WasmRequest, WorkerEnd, WorkerSetup } from "../messages.js";
import { createWaits } from "../waits.js";
import { timedOut } from "./timedOut.js";
import { wholeLines } from "./wholeLines.js";

const MEGABYTE = 2 ** 20;

/** Runs one program in a fresh state of one of PUC-Rio's Luas. */
export function executeWasmJob(
  job: Job,
  lua: WasmRequest,
  interrupt: Int32Array,
  tell: (news: News | MachineNews) => void,
  {
    commands,
    debugging,
    hasInput,
    onBegin = () => {},
    turn,
    memory,
  }: Pick<JobSurroundings, "commands" | "debugging" | "hasInput" | "onBegin"> &
    Pick<WorkerSetup, "turn"> &
    Pick<JobRequest, "memory">,
): WorkerEnd {
  const capture = createCapture((outputs) => tell({ kind: "output", outputs }));
  const sink = job.test === null ? null : wholeLines(capture);
  const waits = createWaits(interrupt);
  const host = createHost({
    sandbox: job.program.sandbox ?? null,
    environment: { ...job.program.environment, ...lua.environment },
    sink,
    launcher: commands === null ? localLauncher : createLauncher(commands, waits),
    pause: waits.pause,
    hasInput,
    notesAccesses: job.tellsAccesses === true,
  });
  let isFull = false;
  const told = createTold((news) => tell(isFull ? withHint(news) : news), onBegin);
  const end = runWasmProgram({
    version: lua.version,
    job: textOf(job, lua.agent),
    steps: job.test === null ? stepsOf(job).filter((step) => step.kind !== "tests") : [],
    args: job.program.args,
    host,
    greatestMemory: memory * MEGABYTE,
    isRepeatable: job.isRepeatable ?? false,
    running: createRunning(),
    turn,
    onFull: () => {
      isFull = true;
    },
    onInterruptible: (interruptible) => tell({ kind: "interruptible", interruptible }),
    onSampled: (index) => tell({ kind: "sampled", index }),
    debugging: debugging === null ? null : createThreadChannel(debugging, interrupt, waits, tell),
    onPausable: (index) => tell({ kind: "pausable", index }),
    onNews: (line) => {
      // What was written before precedes it.
      host.flush();
      for (const { event } of readNews(Buffer.from(line.buffer, line.byteOffset, line.length)).news)
        told.onEvent(event);
    },
  });
  const order = waits.endedBy() ?? (end instanceof Interrupted ? Atomics.load(interrupt, cells.order) : null);
  const exit =
    order === null
      ? exitOf(end, told, job, lua.agent)
      : stopped(order, end, told, job.program.file, lua.agent);
  const duration = told.duration();
  const accesses = host.accesses?.accesses(
    () => true,
    () => false,
  );
  const asked = accesses === undefined ? {} : { accesses };
  return { exit, duration, unloaded: [], limits: [], interrupted: exit.kind === "interrupted", ...asked };
}

/** Runs a program that does nothing: what each program needs of Lua, and of ours, is compiled then. */
export function prepareVersion(version: WasmVersion, turn: CompilingTurn, memory: number): void {
  const host = createHost();
  const text = { file: "", args: [], interpreter: [], steps: [], folder: currentFolder(), bundled: false };
  try {
    runWasmProgram({
      version,
      job: jobText(text),
      steps: [],
      args: [],
      host,
      greatestMemory: memory * MEGABYTE,
      running: createRunning(),
      turn,
      onFull: () => {},
      onInterruptible: () => {},
      onSampled: () => {},
      debugging: null,
      onPausable: () => {},
      onNews: () => {},
    });
  } catch {
    // The first job fails by it, too, and is told.
  }
}

/** What is no test tells nothing of its end. */
function exitOf(end: WasmEnd, told: Told, { test, program }: Job, agent: string | null): Exit {
  const own = told.exit();
  if (own?.kind === "out of instructions") return { ...own, ...placeOfLimit(own, told, program.file, agent) };
  const exit = (test === null ? null : own) ?? (end === null || end instanceof Interrupted ? returned : end);
  const isFull = exit.kind === "failed" && noMemory.test(exit.message);
  return isFull ? { ...exit, message: outOfMemory } : exit;
}

const returned: Exit = { kind: "returned" };

/** As Lua says it. */
const noMemory = /not enough memory(?: for buffer allocation)?$/;

function withHint(news: News): News {
  if (news.kind !== "test end" || !noMemory.test(news.report.message)) return news;
  const message = `${news.report.message}; ${memoryHint}`;
  return { ...news, report: { ...news.report, message } };
}

function stopped(order: number, end: WasmEnd, told: Told, file: string, agent: string | null): Exit {
  if (order === orders.interrupt) return { kind: "interrupted" };
  return timedOut(end instanceof Interrupted ? end.traceback : "", startOf(told, file), agent);
}

function stepsOf({ program }: Job): readonly Step[] {
  return program.steps ?? [{ kind: "script", file: program.file }];
}

function textOf(job: Job, agent: string | null): string {
  const { program } = job;
  const { file, args, packagePath, cpath, modules = {}, bundled = false, maxInstructions } = program;
  return jobText({
    file,
    args,
    interpreter: program.interpreter ?? [],
    steps: job.test === null ? [] : stepsOf(job),
    folder: currentFolder(),
    ...(packagePath === "" ? {} : { path: packagePath }),
    ...(cpath === undefined ? {} : { cpath }),
    ...(Object.keys(modules).length === 0 ? {} : { modules }),
    ...(agent === null ? {} : { agent }),
    bundled,
    ...(maxInstructions === undefined ? {} : { maxInstructions }),
  });
}
