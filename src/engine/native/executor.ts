/** Runs jobs in a Lua of the user's, each in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { currentFolder } from "../../files/files.js";
import type { AgentReport, Exit, Job } from "../../types.js";
import type { Executor, ExecutorOptions, JobEnd } from "../engine.js";
import { endProcesses } from "../host/processes.js";
import type { News } from "../news.js";
import { type AgentFolder, agentFile, type JobFolder } from "./agentFolder.js";
import { jobText } from "./jobFile.js";
import type { NativeLua } from "./nativeLua.js";
import type { NativeEvent } from "./news.js";
import { openProgramFiles, type ProgramFiles } from "./programFiles.js";
import { residentBytes } from "./resident.js";

const script = fileURLToPath(new URL("../../lua/native/main.lua", import.meta.url));

/** How often a program is looked at while it runs, in milliseconds. */
const interval = 20;

/** How much a program may write, in bytes: it goes to files, which would fill a disk in no time. */
const greatestOutput = 2 ** 30;

const MEGABYTE = 2 ** 20;

/** How programs are measured. */
export interface Measuring {
  readonly agent: AgentFolder;
  /** The path of a source, by its key. */
  pathOf(key: string): string | undefined;
  /** Hears what the agents of a program have left. */
  onReport(report: AgentReport): void;
}

export function createNativeExecutor(
  lua: NativeLua,
  measuring: Measuring,
  options: ExecutorOptions,
): Executor {
  return {
    run: (job, onNews) => runJob(lua, measuring, job, onNews, options),
    close: async () => {},
  };
}

async function runJob(
  lua: NativeLua,
  { agent, pathOf, onReport }: Measuring,
  job: Job,
  onNews: (news: News) => void,
  options: ExecutorOptions,
): Promise<JobEnd> {
  const folder = agent.makeJobFolder();
  const told = createTold(onNews);
  const files = openProgramFiles(folder.path, told);
  try {
    const file = writeJob(folder, files, job);
    const ended = await runProcess(lua, file, job, files, told, { ...options, agent, folder });
    const report = folder.read();
    onReport(report);
    const keys = new Set([...report.hits.keys(), ...report.lineHits.keys()]);
    for (const key of keys) {
      const source = pathOf(key);
      if (source !== undefined) onNews({ kind: "loaded", file: source, isFile: true });
    }
    const exit = exitOf(ended, told.exit(), job);
    return {
      exit,
      duration: told.duration(),
      hits: { bytecode: {}, probes: report.hits, lines: report.lineHits },
      unloaded: [],
      limits: [],
      interrupted: exit.kind === "interrupted",
    };
  } finally {
    files.close();
    folder.close();
  }
}

/** Keeps what a program tells of itself, and hands on what others want to hear. */
function createTold(onNews: (news: News) => void) {
  let exit: Exit | null = null;
  let start = performance.now();
  let onBegin = () => {};
  return {
    onOutput: (output: Extract<News, { kind: "output" }>["outputs"][number]) =>
      onNews({ kind: "output", outputs: [output] }),
    onEvent: (event: NativeEvent) => {
      if (event.kind === "begin") {
        start = performance.now();
        onBegin();
      } else if (event.kind === "end") exit = event.exit;
      else onNews(event);
    },
    /** Calls back when the program begins. */
    whenBegun: (callback: () => void) => {
      onBegin = callback;
    },
    exit: () => exit,
    duration: () => performance.now() - start,
  };
}

function writeJob({ path: folder }: JobFolder, { news }: ProgramFiles, { program }: Job): string {
  const file = path.join(folder, "job.lua");
  const steps = program.steps ?? [{ kind: "script", file: program.file } as const];
  const { file: name, args, packagePath, cpath = "", bundled = false } = program;
  const optional = {
    ...(cpath === "" ? {} : { cpath }),
    ...(packagePath === "" ? {} : { path: packagePath }),
  };
  const text = jobText({
    news,
    file: name,
    args,
    steps,
    folder: currentFolder(),
    agent: agentFile,
    bundled,
    ...optional,
  });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** Why a program was ended from outside. */
type Order = "interrupt" | "timeout" | "memory" | "output";

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly order: Order | null;
  /** What kept it from starting at all. */
  readonly problem: string | null;
}

async function runProcess(
  { command: [file, ...before] }: NativeLua,
  jobFile: string,
  job: Job,
  files: ProgramFiles,
  told: ReturnType<typeof createTold>,
  {
    agent,
    folder,
    timeout,
    signal,
    environment,
    maxMemory,
  }: ExecutorOptions & {
    readonly agent: AgentFolder;
    readonly folder: JobFolder;
  },
): Promise<Ended> {
  const own = job.program.environment ?? {};
  const isGroup = process.platform !== "win32";
  const child = spawn(file, [...before, script, jobFile], {
    // In a group of its own, a program cannot read from the terminal.
    stdio: [process.stdin.isTTY ? "ignore" : "inherit", ...files.descriptors],
    env: { ...environment, ...agent.environment, ...folder.environment, ...own },
    detached: isGroup,
  });
  let order: Order | null = null;
  let ending = Promise.resolve();
  const end = (reason: Order) => {
    if (order !== null || child.pid === undefined) return;
    order = reason;
    ending = endProcesses({
      roots: [child.pid],
      hasGroups: isGroup,
      variables: { ...own, ...folder.environment },
    });
  };
  const onAbort = () => end("interrupt");
  let timer: NodeJS.Timeout | undefined;
  const startTimer = () => {
    clearTimeout(timer);
    if (timeout > 0) timer = setTimeout(() => end("timeout"), timeout * 1000);
  };
  startTimer();
  told.whenBegun(startTimer);
  const watch = setInterval(() => {
    files.read();
    if (files.size() > greatestOutput) end("output");
    if (maxMemory > 0 && residentBytes(child.pid) > maxMemory * MEGABYTE) end("memory");
  }, interval);
  signal?.addEventListener("abort", onAbort);
  try {
    return { ...(await whenEnded(child)), order };
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal?.removeEventListener("abort", onAbort);
    await ending;
    files.read();
  }
}

async function whenEnded(child: ChildProcess): Promise<Omit<Ended, "order">> {
  try {
    const [code, signal]: unknown[] = await once(child, "exit");
    return {
      code: typeof code === "number" ? code : null,
      signal: isSignal(signal) ? signal : null,
      problem: null,
    };
  } catch (error) {
    return { code: null, signal: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function isSignal(value: unknown): value is NodeJS.Signals {
  return typeof value === "string";
}

/** How a program ended: by an order, as it told itself, or as its process did. */
function exitOf({ code, signal, order, problem }: Ended, told: Exit | null, { program }: Job): Exit {
  const failed = (message: string): Exit => ({ kind: "failed", message, traceback: "" });
  const at = { place: program.file, traceback: "" };
  if (order === "interrupt") return { kind: "interrupted" };
  if (order === "timeout") return { kind: "timed out", ...at };
  if (order === "memory") return { kind: "out of memory", ...at };
  if (order === "output") return failed("the program wrote more than 1 GB of output, and was ended");
  if (problem !== null) return failed(`the Lua of this file cannot be started: ${problem}`);
  if (signal !== null) return failed(`the Lua of this file was ended by ${signal}`);
  return told ?? { kind: "exited", code: code ?? 0 };
}
