/** Runs jobs in a Lua of the user's, each in a process of its own. */

import { writeFileSync } from "node:fs";
import path from "node:path";
import { shownIn } from "../../../debug/shown.js";
import { currentFolder } from "../../../files/files.js";
import type { Exit, Job } from "../../../types.js";
import type { Executor, ExecutorOptions, JobEnd } from "../../engine.js";
import { memoryShare } from "../../host/memoryLimit.js";
import type { News } from "../../news.js";
import type { AgentFolder, JobFolder } from "../agent/agentFolder.js";
import { openConnection } from "../debugging/connection.js";
import { createPipes, type Pipes } from "../debugging/pipe.js";
import { logicalFolder } from "../logicalFolder.js";
import type { NativeLua } from "../nativeLua.js";
import type { Compiled, CompiledFiles } from "./compiledFiles.js";
import { jobText } from "./jobFile.js";
import { type Measuring, runMeasured } from "./measured.js";
import { launcher, type NativeProcess, type ProcessEnd, startProcess } from "./nativeProcess.js";
import { placeOf, placeOfLimit } from "./place.js";
import { openProgramFiles } from "./programFiles.js";
import { jobStart } from "./shipped.js";
import { createTold, type Told } from "./told.js";

/** How much a program may write, in bytes: it goes to files, which would fill a disk in no time. */
const greatestOutput = 2 ** 30;

/** Of how many programs the pipes to their debuggers are made at once. */
const pipesAtOnce = 16;

/** A Lua of the user's, and our own files for it. */
export interface PreparedLua extends NativeLua {
  readonly compiled: CompiledFiles;
}

export function createNativeExecutor(
  lua: PreparedLua,
  measuring: Measuring,
  options: ExecutorOptions,
): Executor {
  const { maxMemory, workers, programs = 0, debug } = options;
  const limits = { ...options, maxMemory: maxMemory === 0 ? memoryShare(workers) : maxMemory };
  const pipes = debug === null ? null : createPipes(measuring.agent.makeJobFolder().path, pipesAtOnce);
  launcher.open(programs);
  return {
    run: (job, onNews) => runJob(lua, measuring, job, onNews, { ...limits, pipes }),
    close: async () => {
      launcher.close();
    },
  };
}

/** What all jobs of an executor have; `pipes` to their debuggers, null for none. */
interface Limits extends ExecutorOptions {
  readonly pipes: Pipes | null;
}

async function runJob(
  lua: PreparedLua,
  measuring: Measuring,
  job: Job,
  onNews: (news: News) => void,
  options: Limits,
): Promise<JobEnd> {
  return runMeasured(measuring, job, onNews, async (folder) => {
    const { end, told } = await runProgram(lua, measuring.agent, folder, job, onNews, options);
    return { exit: exitOf(end, told, job, measuring.agent.agent), duration: told.duration() };
  });
}

async function runProgram(
  lua: PreparedLua,
  agent: AgentFolder,
  folder: JobFolder,
  job: Job,
  onNews: (news: News) => void,
  { environment, maxMemory, debug, pipes, ...limits }: Limits,
): Promise<{ readonly end: ProcessEnd; readonly told: Told }> {
  const pair = pipes === null ? null : await pipes.next();
  let running: NativeProcess | null = null;
  const told = createTold(onNews, () => running?.restartClock());
  const files = openProgramFiles(folder.path, told);
  const { file } = job.program;
  const compiled = compiledFor(job, lua, debug !== null);
  const connection =
    pair === null
      ? null
      : openConnection(folder.path, {
          file,
          lua: lua.name,
          pipes: pair,
          compiled: compiled?.debug ?? null,
          onSaid: files.read,
        });
  const run = () => {
    const start = jobStart(lua, writeJob(folder, files.news, agent.agent, compiled, job));
    const own = {
      ...start.environment,
      ...job.program.environment,
      ...folder.environment,
      ...environmentOf(compiled, folder),
      ...connection?.environment,
    };
    running = startProcess({
      ...limits,
      timeout: job.timeout ?? limits.timeout,
      lua,
      args: start.args,
      environment: { ...environment, PWD: logicalFolder(), ...agent.environment, ...own },
      ownVariables: own,
      mark: folder.mark,
      output: files.output,
      hasInput: debug === null || debug.leavesInput === true,
      memory: maxMemory,
      onAsked: told.interrupt,
      hasAnswered: () => told.interruption() !== null,
      look: () => {
        files.look();
        return files.size() > greatestOutput;
      },
    });
    return running.end;
  };
  try {
    const end = debug === null || connection === null ? run() : shownIn(debug, connection, run);
    return { end: await end, told };
  } finally {
    files.read();
    files.close();
  }
}

/** When they are there is a matter of time, and with or without them programs come to a limit at different instructions. */
function compiledFor({ program }: Job, { compiled }: PreparedLua, isDebugged: boolean): Compiled | null {
  return program.maxInstructions === undefined ? compiled.find(isDebugged) : null;
}

/** How the agent finds its bytecode, in the first process alone: that takes a file of the folder away. */
function environmentOf(compiled: Compiled | null, folder: JobFolder): Readonly<Record<string, string>> {
  if (compiled === null) return {};
  writeFileSync(path.join(folder.path, "first"), "");
  return { LUACOV_TS_COMPILED: compiled.agent };
}

function writeJob(
  { path: folder }: JobFolder,
  news: string,
  agent: string,
  compiled: Compiled | null,
  { program }: Job,
): string {
  const file = path.join(folder, "job.lua");
  const { file: name, args, packagePath, cpath, modules = {}, bundled = false, maxInstructions } = program;
  const text = jobText({
    news,
    file: name,
    args,
    steps: program.steps ?? [{ kind: "script", file: name }],
    folder: currentFolder(),
    path: packagePath,
    ...(cpath === undefined ? {} : { cpath }),
    ...(Object.keys(modules).length === 0 ? {} : { modules }),
    agent,
    bundled,
    ...(maxInstructions === undefined ? {} : { maxInstructions }),
    ...(compiled === null ? {} : { compiled: compiled.runner }),
  });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** How a program ended: by an order, as it told itself, or as its process did. */
function exitOf(
  { code, signal, order, problem }: ProcessEnd,
  told: Told,
  { program }: Job,
  agent: string,
): Exit {
  const failed = (message: string): Exit => ({ kind: "failed", message, traceback: "" });
  if (order === "interrupt") return { kind: "interrupted" };
  if (order === "output") return failed("the program wrote more than 1 GB of output, and was ended");
  if (order !== null) {
    const kind = order === "timeout" ? "timed out" : "out of memory";
    return { kind, ...placeOf(told, program.file, agent) };
  }
  if (problem !== null) return failed(`the Lua of this file cannot be started: ${problem}`);
  if (signal !== null) return failed(`the Lua of this file was ended by ${signal}`);
  const exit = told.exit() ?? { kind: "exited", code: code ?? 0 };
  return exit.kind === "out of instructions"
    ? { ...exit, ...placeOfLimit(exit, told, program.file, agent) }
    : exit;
}
