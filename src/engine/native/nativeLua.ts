/** Which Lua a command of the user's is. */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LuaVersion } from "../../source/dialect.js";
import type { CommandEnd } from "../../types.js";
import { childEnd } from "./childEnd.js";
import { luaCommand } from "./luaCommand.js";

/** A Lua of the user's own. */
export interface NativeLua {
  /** As the user names it. */
  readonly name: string;
  /** The command that runs a Lua file: its words, behind which the file comes. */
  readonly command: readonly [string, ...string[]];
  readonly version: LuaVersion;
}

/** Why a command is no Lua, in words that go on after its name. */
export interface NoLua {
  readonly problem: string;
}

/** Where a Lua looks for modules by itself: the templates of package.path, and those of package.cpath. */
export interface LuaPaths {
  readonly path: readonly string[];
  readonly cpath: readonly string[];
}

const script = fileURLToPath(new URL("../../lua/native/probe.lua", import.meta.url));

/** How long a Lua may take to say its name, in milliseconds: some start a server first. */
const patience = 20_000;

/** Runs a command to see which Lua it is. */
export async function findNativeLua(name: string): Promise<NativeLua | NoLua> {
  const [file, ...options] = luaCommand(name);
  if (file === undefined) return { problem: "is empty" };
  const end = await ended(file, [...options, script]);
  if ("problem" in end) return end;
  const version = versionIn(end.stdout);
  if (version !== null) return { name, command: [file, ...options], version };
  return { problem: `is no Lua that can be used: ${howItEnded(end)}` };
}

const pathsScript = fileURLToPath(new URL("../../lua/native/paths.lua", import.meta.url));

/** Asks a Lua where it looks for modules; null where it does not say. */
export async function pathsOfLua(name: string): Promise<LuaPaths | null> {
  const [file, ...options] = luaCommand(name);
  if (file === undefined) return null;
  const end = await ended(file, [...options, pathsScript]);
  if ("problem" in end) return null;
  const [, path, cpath] =
    /^luacov-ts path (.*)\nluacov-ts cpath (.*)$/m.exec(end.stdout.replaceAll("\r", "")) ?? [];
  return path === undefined || cpath === undefined
    ? null
    : { path: path.split(";"), cpath: cpath.split(";") };
}

interface Ended extends CommandEnd {
  readonly stdout: string;
  readonly stderr: string;
}

async function ended(file: string, args: readonly string[]): Promise<Ended | NoLua> {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  // Node's own timer for this goes on where a command cannot be started.
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  const texts = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("latin1").on("data", (text: string) => {
      texts[stream] = (texts[stream] + text).slice(-10_000);
    });
  }
  try {
    return { ...(await childEnd(child, "close")), ...texts };
  } catch (error) {
    return { problem: startProblem(error) };
  } finally {
    clearTimeout(timer);
  }
}

function startProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "is not there: there is no such command";
  if (code === "EACCES") return "cannot be started: it may not be executed";
  return `cannot be started: ${error instanceof Error ? error.message : String(error)}`;
}

function versionIn(output: string): LuaVersion | null {
  const [, number, kind] = /^luacov-ts Lua (5\.[1-5]) (LuaJIT|PUC)$/m.exec(output.replaceAll("\r", "")) ?? [];
  if (kind === "LuaJIT") return "LuaJIT";
  return versions.find((version) => version === number) ?? null;
}

const versions: readonly LuaVersion[] = ["5.1", "5.2", "5.3", "5.4", "5.5"];

function howItEnded({ code, signal, stdout, stderr }: Ended): string {
  const said = lastLine(stderr) || lastLine(stdout);
  const end = signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
  return said === "" ? `${end} and said nothing` : `${end} and said: ${said}`;
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1)?.trim().slice(0, 200) ?? "";
}
