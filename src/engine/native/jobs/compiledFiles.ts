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
  /** Where they are once they are there, else null. To be asked for by each program: the second one has them made. */
  find(): string | null;
  close(): void;
}

/** Compiles in a folder, when it is worth it, while programs run. */
export function createCompiledFiles(lua: NativeLua, folder: string): CompiledFiles {
  const to = path.join(folder, "compiled");
  let asked = 0;
  let isThere = false;
  let child: ChildProcess | null = null;
  const compile = async () => {
    try {
      child = startCompiling(lua, folder, to);
      const { code } = await childEnd(child, "exit");
      isThere = code === 0 && existsSync(to);
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

function startCompiling({ command }: NativeLua, folder: string, to: string): ChildProcess {
  const job = path.join(folder, "compile.lua");
  writeFileSync(job, jobText({ compile: { files: ownFiles(), to } }), { mode: 0o600 });
  const [file, ...options] = command;
  return spawn(file, [...options, startScript, job], {
    stdio: "ignore",
    timeout: patience,
    killSignal: "SIGKILL",
  });
}

/** Those of the runner and of our assertions. The agent and debuggers start by themselves, and the host libraries are for the embedded Lua. */
function ownFiles(): string[] {
  return readdirSync(shipped, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".lua") && !/^(agent|debug|host)\//.test(name))
    .map((name) => name.slice(0, -".lua".length));
}
