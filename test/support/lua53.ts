import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { toolPath } from "./tools.js";

/** Where Debian installs modules for lua5.3; copies elsewhere on a machine are none of the tests' business. */
export const debianTemplates = "/usr/share/lua/5.3/?.lua;/usr/share/lua/5.3/?/init.lua";

export interface Started {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly encoding?: "utf8" | "latin1";
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs lua5.3 to its end. It finds modules in its folder, and those that Debian's packages install. */
export function startLua53(args: readonly string[], started: Started = {}): SpawnSyncReturns<string> {
  const { cwd, input = "", encoding = "utf8", environment = {} } = started;
  const paths = { LUA_PATH: `./?.lua;./?/init.lua;${debianTemplates}`, LUA_CPATH: debianLibraries() };
  const env = { ...process.env, ...paths, ...environment };
  // It names itself in messages as it was called.
  return spawnSync(toolPath("lua5.3"), args, { argv0: "lua5.3", cwd, input, encoding, env, maxBuffer: 1e9 });
}

/** Runs Debian's busted in lua5.3, whichever Lua is the machine's `lua`. */
export function startBusted(args: readonly string[], started: Started = {}): SpawnSyncReturns<string> {
  return startLua53([toolPath("busted"), ...args], started);
}

/** Modules in C are in a folder that is named by the machine's architecture. */
function debianLibraries(): string {
  const folders = readdirSync("/usr/lib").map((name) => path.join("/usr/lib", name, "lua/5.3"));
  return folders
    .filter((folder) => existsSync(folder))
    .map((folder) => `${folder}/?.so`)
    .join(";");
}
