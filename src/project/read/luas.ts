/** The Luas that tests of a project could run in, and which of them they want. */

import path from "node:path";
import { luasOnPath } from "../../engine/native/luaCommand.js";
import { findNativeLua, type LuaPaths, pathsOfLua } from "../../engine/native/nativeLua.js";
import { type WasmVersion, wasmVersionOf } from "../../engine/wasm/package/versions.js";
import { luaNames } from "../../harness/plan/luaNames.js";
import { moduleInC, type Need } from "../../hints/needs.js";
import type { LuaVersion } from "../../source/dialect.js";
import type { Config } from "../../types.js";

export interface ProjectLua {
  /** As `--lua` takes it. */
  readonly name: string;
  readonly kind: "fengari" | "wasm" | "native";
  readonly version: LuaVersion;
  /** What is wrong with it where it is not on this machine, in words that follow on its name; null where it is. */
  readonly problem: string | null;
}

export const fengari: ProjectLua = { name: "fengari", kind: "fengari", version: "5.3", problem: null };

/** Those in the package, the one that runs tests by itself first, then those that are most like it. */
export const embeddedLuas: readonly ProjectLua[] = [
  fengari,
  ...(["5.3", "5.4", "5.5", "5.2", "5.1"] as const).map(embedded),
];

function embedded(version: WasmVersion): ProjectLua {
  return { name: version, kind: "wasm", version, problem: null };
}

/** The Luas that a configuration has tests run in. */
export async function configuredLuas(config: Config): Promise<readonly ProjectLua[]> {
  return Promise.all(luaNames(config).map((name) => luaNamed(name ?? fengari.name)));
}

async function luaNamed(name: string): Promise<ProjectLua> {
  const version = wasmVersionOf(name);
  if (name === fengari.name) return fengari;
  if (version !== null) return embedded(version);
  const found = await findNativeLua(name);
  if ("problem" in found) return absentLua(name, found.problem);
  return { name, kind: "native", version: found.version, problem: null };
}

/** One that is not here, as far as its name says what it would be. */
export function absentLua(name: string, problem = "is not on this machine"): ProjectLua {
  const [, major, minor] = /(5)\.?([1-5])/.exec(name) ?? [];
  const version = wasmVersionOf(`${major}.${minor}`) ?? "LuaJIT";
  return { name, kind: "native", version, problem };
}

/** Those on the machine, by the names that systems give them. */
export async function nativeLuas(searchPath = process.env.PATH ?? ""): Promise<readonly ProjectLua[]> {
  const found = await Promise.all(luasOnPath(searchPath).map(luaNamed));
  return found.filter(({ problem }) => problem === null);
}

/** Where Luas look for modules, each asked once, and only those that somebody wants to know of. */
export function pathsReader(): (lua: ProjectLua) => Promise<LuaPaths | null> {
  const known = new Map<string, Promise<LuaPaths | null>>();
  return ({ name, kind, problem }) => {
    if (kind !== "native" || problem !== null) return Promise.resolve(null);
    const asked = known.get(name) ?? pathsOfLua(name);
    known.set(name, asked);
    return asked;
  };
}

/** Whether a Lua has what programs rely on. */
export function hasNeeded({ what, luas }: Need, { name, kind, version }: ProjectLua): boolean {
  if (what === moduleInC.what) return kind === "native";
  if (luas.includes("5.3")) return kind !== "fengari";
  if (luas.includes("luajit")) return version === "LuaJIT";
  if (luas.includes("5.1")) return version === "5.1" || version === "LuaJIT";
  return luas.includes(path.basename(name));
}
