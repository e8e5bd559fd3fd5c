import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { childEnd } from "../childEnd.js";
import type { NativeLua } from "../nativeLua.js";
import { jobText } from "./jobFile.js";
import { jobStart, shipped } from "./shipped.js";

/** How long a Lua may take to compile them, in milliseconds. */
const patience = 20_000;

/** Our own Lua files as bytecode of a Lua of the user's: reading their texts takes most of a short program's time. */
export interface CompiledFiles {
  /** Once they are there, else null. To be asked for by each program: the second one has them made, those of debuggers where it has one. */
  find(isDebugged: boolean): Compiled | null;
  close(): void;
}

/** Where they are: those of the runner and our assertions, those of the agent, and those of debuggers, null where nobody debugs. */
export interface Compiled {
  readonly runner: string;
  readonly agent: string;
  readonly debug: string | null;
}

/** Compiles in a folder, when it is worth it, while programs run; the agent where they find it. */
export function createCompiledFiles(lua: NativeLua, folder: string, agent: string): CompiledFiles {
  let asked = 0;
  let made: Compiled | null = null;
  let child: ChildProcess | null = null;
  const compile = async (to: Compiled) => {
    try {
      child = startCompiling(lua, folder, to, agent);
      const { code } = await childEnd(child, "exit");
      if (code === 0 && existsSync(to.runner)) made = to;
    } catch {
      // Programs read the texts, then.
    }
  };
  return {
    find: (isDebugged) => {
      asked++;
      const at = (name: string) => path.join(folder, name);
      const debug = isDebugged ? at("compiled-debug") : null;
      if (asked === 2) compile({ runner: at("compiled"), agent: at("compiled-agent"), debug });
      return made;
    },
    close: () => {
      child?.kill("SIGKILL");
    },
  };
}

function startCompiling(
  lua: NativeLua,
  folder: string,
  { runner, agent, debug }: Compiled,
  agentFile: string,
): ChildProcess {
  const job = path.join(folder, "compile.lua");
  const [rooms, own] = [path.dirname(path.dirname(agentFile)), path.dirname(agentFile)];
  const sets = [
    { folder: `${own}${path.sep}`, files: luaFilesIn(own), to: agent },
    ...(debug === null ? [] : [{ folder: `${rooms}${path.sep}`, files: debuggerFiles(rooms), to: debug }]),
    { files: ownFiles(), to: runner },
  ];
  writeFileSync(job, jobText({ compile: sets }), { mode: 0o600 });
  const [file, ...options] = lua.command;
  const { args, environment } = jobStart(lua, job);
  return spawn(file, [...options, ...args], {
    stdio: "ignore",
    env: { ...process.env, ...environment },
    timeout: patience,
    killSignal: "SIGKILL",
  });
}

/** Those that it has from the start, in `debug/start.txt`, which the build makes. */
function debuggerFiles(rooms: string): string[] {
  const [head = ""] = readFileSync(path.join(rooms, "debug/start.txt"), "latin1").split("\n\n", 1);
  return head.split("\n").map((line) => line.replace(/ \d+$/, ""));
}

/** Those of the runner and of our assertions. The agent and debuggers start by themselves, and the host libraries are for the embedded Lua. */
function ownFiles(): string[] {
  return luaFilesIn(shipped).filter((name) => !/^(agent|debug|host)\//.test(name));
}

/** Their names below a folder, without their ending. */
function luaFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".lua"))
    .map((name) => name.slice(0, -".lua".length));
}
