import { constants } from "node:os";
import type { Status } from "../../host/primitives/commands/launcher.js";
import { untilZero } from "../../host/primitives/directory.js";
import { type Failure, messages, SystemError } from "../../host/primitives/failure.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import { indexOf, type LuaFunction } from "../machine/functions.js";
import type { State } from "../state.js";
import { failureIn } from "../system/failureIn.js";
import type { Handed } from "../system/handed.js";
import type { OpenFiles } from "../system/openFiles.js";
import { pushFailure } from "./failure.js";
import { originalOf, replace } from "./replace.js";

export interface CommandOptions {
  readonly calls: SystemCalls;
  readonly handed: Handed;
  readonly files: OpenFiles;
  /** How the last command of `os.execute` ended, or what kept it from running. */
  readonly lastStatus: () => Status | Failure | null;
  readonly refuse: (error: unknown) => never;
}

/** `os.execute` and `io.popen`, which the package has for systems without POSIX. */
export function installCommands(state: State, options: CommandOptions): void {
  const isOld = state.api.machine.compiled.version === "5.1";
  if (!isOld) replace(state, "os", "execute", (original) => execute(state, original, options));
  if (isOld) setOldCloser(state, closePipe(state, options));
  replace(state, "io", "popen", () => (isOld ? openPipe(state, options) : popen(state, options)));
}

/** 5.1 hands on the number that C's `system` gives; later ones say how the command ended. */
function execute(state: State, original: LuaFunction, { lastStatus }: CommandOptions): LuaFunction {
  return (L) => {
    const hasCommand = isGiven(state, L, 1);
    const results = original(L);
    if (!hasCommand) return results;
    return pushStatus(state, L, lastStatus());
  };
}

/** luaL_execresult. */
function pushStatus(state: State, L: number, status: Status | Failure | null): number {
  if (status === null || "errno" in status) return pushFailure(state, L, status ?? noChild);
  const { how, code } = status;
  state.pushSimple(L, how === "exit" && code === 0 ? true : null);
  state.api.pushText(L, how);
  state.pushSimple(L, code);
  return 3;
}

/** The function that opens a pipe; C makes a handle of it as of any file. */
function popen(state: State, options: CommandOptions): LuaFunction {
  const { api } = state;
  const close = indexOf(api, closePipe(state, options), "function");
  const open = openPipe(state, options);
  return (L) => {
    const results = open(L);
    if (results === 1) options.files.setCloser(L, close);
    return results;
  };
}

/** In 5.1 handles are closed by what the environment of the function says that made them. */
function setOldCloser(state: State, close: LuaFunction): void {
  const { api, L } = state;
  api.load(L, "debug.getfenv(io.popen).__close = ...");
  state.pushFunction(L, close);
  api.call(L, 1, 0);
}

function openPipe(state: State, { calls, handed, files, refuse }: CommandOptions): LuaFunction {
  const { api } = state;
  const { version } = api.machine.compiled;
  const open = originalOf(state, "io", "open");
  const modes = version === "5.1" || version === "5.2" ? modesOfSystem : modesOfLua;
  const start = (command: Uint8Array, mode: string): number => {
    if (!modes.test(mode)) throw new SystemError("EINVAL");
    files.flush();
    const id = calls.openPipe(command, mode.startsWith("w") ? "w" : "r");
    handed.addPipe(id);
    return id;
  };
  return (L) => {
    // What is no text, C refuses as for any file.
    if (!areTexts(state, L)) return open(L);
    const command = textAt(state, L, 1);
    const mode = isGiven(state, L, 2) ? Buffer.from(textAt(state, L, 2)).toString("latin1") : "r";
    const isRefused = modes === modesOfLua && !modes.test(mode);
    api.setTop(L, 1);
    api.pushText(L, isRefused ? "no mode" : mode.charAt(0));
    if (isRefused) return open(L);
    try {
      const id = start(command, mode);
      return handed.as(id, () => open(L));
    } catch (error) {
      const failure = failureIn(error, refuse);
      return pushFailure(state, L, failure, command);
    }
  };
}

function areTexts(state: State, L: number): boolean {
  return isText(state, L, 1) && (isText(state, L, 2) || !isGiven(state, L, 2));
}

/** Those that Lua checks, and those of C's `popen`. */
const modesOfLua = /^[rw]$/;
const modesOfSystem = /^[rw]e*$/;
const noChild: Failure = { errno: constants.errno.ECHILD, message: messages.ECHILD ?? "" };
const noBytes = new Uint8Array();

function isText({ api }: State, L: number, index: number): boolean {
  return ["string", "number"].includes(api.type(L, index));
}

function isGiven({ api }: State, L: number, index: number): boolean {
  return !["none", "nil"].includes(api.type(L, index));
}

function textAt({ api }: State, L: number, index: number): Uint8Array {
  return untilZero(api.toBytes(L, index) ?? noBytes);
}

/** Closes the file as any other one, and tells how the command ended; in 5.1, that it did. */
function closePipe(state: State, { handed, files }: CommandOptions): LuaFunction {
  const { api } = state;
  const isOld = api.machine.compiled.version === "5.1";
  return (L) => {
    files.close(L);
    if (!isOld) return pushStatus(state, L, handed.lastStatus());
    state.pushSimple(L, true);
    return 1;
  };
}
