import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { childEnd } from "../childEnd.js";
import type { NativeLua } from "../nativeLua.js";
import { jobText } from "./jobFile.js";
import { shipped, startScript } from "./shipped.js";

/** How long a Lua may take to compile them, in milliseconds. */
const patience = 20_000;

/** Our own Lua files as bytecode of a Lua of the user's: reading their texts takes most of a short program's time. */
export interface CompiledFiles {
  /** Once they are there, else null. To be asked for by each program: the second one has them made. */
  find(): Compiled | null;
  close(): void;
}

/** Where they are: those of the runner and our assertions, and those of the agent. */
export interface Compiled {
  readonly runner: string;
  readonly agent: string;
}

/** Compiles in a folder, when it is worth it, while programs run; the agent where they find it. */
export function createCompiledFiles(lua: NativeLua, folder: string, agent: string): CompiledFiles {
  const to = { runner: path.join(folder, "compiled"), agent: path.join(folder, "compiled-agent") };
  let asked = 0;
  let isThere = false;
  let child: ChildProcess | null = null;
  const compile = async () => {
    try {
      child = startCompiling(lua, folder, to, agent);
      const { code } = await childEnd(child, "exit");
      isThere = code === 0 && existsSync(to.runner);
    } catch {
      // Programs read the texts, then.
    }
  };
  return {
    find: () => {
      asked++;
      if (asked === 2) compile();
      return isThere ? to : null;
    },
    close: () => {
      child?.kill("SIGKILL");
    },
  };
}

function startCompiling(
  { command }: NativeLua,
  folder: string,
  { runner, agent }: Compiled,
  agentFile: string,
): ChildProcess {
  const job = path.join(folder, "compile.lua");
  const place = `${path.dirname(agentFile)}${path.sep}`;
  const ofAgent = { folder: place, files: luaFilesIn(place), to: agent };
  const text = jobText({ compile: { files: ownFiles(), to: runner, agent: ofAgent } });
  writeFileSync(job, text, { mode: 0o600 });
  const [file, ...options] = command;
  return spawn(file, [...options, startScript, job], {
    stdio: "ignore",
    timeout: patience,
    killSignal: "SIGKILL",
  });
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
