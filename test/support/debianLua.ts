import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type ToolName, toolPath } from "./tools.js";

/** Every Lua that Debian has, with the version of the modules that it loads. */
export const versions = {
  "lua5.1": "5.1",
  "lua5.2": "5.2",
  "lua5.3": "5.3",
  "lua5.4": "5.4",
  luajit: "5.1",
} as const satisfies Partial<Record<ToolName, string>>;

export type DebianLua = keyof typeof versions;

export const luas = [
  "lua5.1",
  "lua5.2",
  "lua5.3",
  "lua5.4",
  "luajit",
] as const satisfies readonly DebianLua[];

export interface Started {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly encoding?: "utf8" | "latin1";
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Where Debian installs modules; copies elsewhere on a machine are none of the tests' business. */
export function debianTemplates(lua: DebianLua): string {
  const folder = `/usr/share/lua/${versions[lua]}`;
  return `${folder}/?.lua;${folder}/?/init.lua`;
}

/** What a Lua has in its environment to find modules in its folder, and those that Debian's packages install. */
export function debianPaths(lua: DebianLua): Readonly<Record<"LUA_PATH" | "LUA_CPATH", string>> {
  return {
    LUA_PATH: `./?.lua;./?/init.lua;${debianTemplates(lua)}`,
    LUA_CPATH: debianLibraries(versions[lua]),
  };
}

/** Runs a Lua to its end. */
export function startLua(
  lua: DebianLua,
  args: readonly string[],
  { cwd, input = "", encoding = "utf8", environment = {} }: Started = {},
): SpawnSyncReturns<string> {
  const env = { ...process.env, ...debianPaths(lua), ...environment };
  // It names itself in messages as it was called.
  return spawnSync(toolPath(lua), args, {
    argv0: lua,
    cwd,
    input,
    encoding,
    env,
    maxBuffer: 1e9,
    timeout: 120_000,
  });
}

/** Runs Debian's busted, whichever Lua is the machine's `lua`. */
export function startBusted(
  lua: DebianLua,
  args: readonly string[],
  started: Started = {},
): SpawnSyncReturns<string> {
  return startLua(lua, [toolPath("busted"), ...args], started);
}

/** Modules in C are in a folder that is named by the machine's architecture. */
function debianLibraries(version: string): string {
  const folders = readdirSync("/usr/lib").map((name) => path.join("/usr/lib", name, `lua/${version}`));
  return folders
    .filter((folder) => existsSync(folder))
    .map((folder) => `${folder}/?.so`)
    .join(";");
}
