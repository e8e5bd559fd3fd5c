/** The debugger in editors: runs what a launch configuration names, as the command itself would. */

import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { listen, listenForJoining } from "../../debug/adapter/serving/listen.js";
import { relay } from "../../debug/adapter/serving/relay.js";
import { serve } from "../../debug/adapter/serving/serve.js";
import type { RunEnd, StartRun } from "../../debug/adapter/session.js";
import type { LaunchSettings } from "../../debug/adapter/settings.js";
import { createSharedRun } from "../../debug/adapter/sharedRun.js";
import { openChangeLog } from "../../debug/log.js";
import type { DebugPort, EditorPort } from "../../debug/program.js";
import { noFolder, sandboxedDebugger } from "../../errors/debug.js";
import { currentFolder, isFolder } from "../../files/files.js";
import { loadConfig } from "../../loadConfig.js";
import type { Config, ListenRequest, RunResult } from "../../types.js";
import { run } from "../run.js";

/** Serves the editor that has started this process. Resolves to the exit code. */
export async function serveEditor(input: Readable, output: Writable): Promise<number> {
  return relay(new URL("./adapterProcess.js", import.meta.url), input, output);
}

/** The same in the process that does it. Resolves when the editor has left. */
export async function serveHere(input: Readable, output: Writable): Promise<void> {
  await serve(input, output, { start: startRun, shared: null, token: null, log: null });
}

/** Serves editors on a port of this machine, until the process ends. Throws DEBUG for a port that is not to be had. */
export async function listenForEditors(
  port: number,
  onListening: (listening: EditorPort) => void,
): Promise<void> {
  await listen(port, startRun, onListening);
}

/** Lets editors join what runs in this process, and leave it. Throws CONFIG beside a sandbox, NOT_WRITABLE for its log, and DEBUG as above. */
export async function openDebugPort(
  { sandbox }: Pick<Config, "sandbox">,
  { port, waits, log: file }: ListenRequest,
  onQuit: () => void,
): Promise<DebugPort> {
  if (sandbox) throw sandboxedDebugger();
  const shared = createSharedRun({ waits, onQuit });
  const log = file === null ? null : openChangeLog(file);
  const { close, ...listening } = await listenForJoining(port, shared, log);
  return {
    ...listening,
    leavesInput: true,
    debug: shared.debug,
    close: (code) => {
      shared.finish(code);
      log?.close();
      close();
    },
  };
}

const firstFolder = currentFolder();

const startRun: StartRun = async (settings, { debug, onEvent, signal }) => {
  enter(settings.cwd ?? ".");
  const config = await loadConfig(optionsOf(settings));
  if (config.sandbox) throw sandboxedDebugger();
  const { patterns, args } = settings;
  const asked = patterns.length === 0 ? {} : { patterns };
  const result = await run({ ...config, debug }, { ...asked, args, onEvent, signal });
  return endOf(config, result);
};

/** As relative names are seen from where we began. */
function enter(folder: string): void {
  const found = path.resolve(firstFolder, folder);
  if (!isFolder(found)) throw noFolder(folder);
  process.chdir(found);
}

function optionsOf({ lua, filter, sandbox }: LaunchSettings) {
  return {
    coverage: false,
    checkCoverage: false,
    profile: false,
    ...(lua === undefined ? {} : { lua: [lua] }),
    ...(filter.length === 0 ? {} : { filter }),
    ...(sandbox === undefined ? {} : { sandbox }),
  };
}

function endOf({ cwd }: Config, { results, notices }: RunResult): RunEnd {
  const [first] = results;
  const own = results.length === 1 ? first?.exitCode : undefined;
  const hasFailed = results.some(({ status }) => status === "failure" || status === "error");
  const problems = notices.filter(({ level }) => level === "problem");
  const told = notices.filter(({ level }) => level !== "information");
  return {
    code: own ?? (hasFailed || problems.length > 0 ? 1 : 0),
    notices: told.map(({ file, message }) => `${path.relative(cwd, file)}: ${message}`),
  };
}
