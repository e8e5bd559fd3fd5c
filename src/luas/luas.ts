/** Which Luas programs are to run in. */

import { luaCommand, luasOnPath } from "../engine/native/luaCommand.js";
import { findNativeLua, type NativeLua } from "../engine/native/nativeLua.js";
import { type WasmVersion, wasmVersionOf } from "../engine/wasm/package/versions.js";
import { noMemoryToProfile } from "../errors/profile.js";
import { crowdedHook, sandboxedLua, severalLuas, unusableLua } from "../errors.js";
import { luaNames } from "../harness/plan/luaNames.js";
import { inherited } from "../harness/run/children.js";
import { wasmScript } from "../harness/run/embedded/scripts.js";
import { endEarly, startEarly } from "../harness/run/embedded/thread/early.js";
import { environmentOfWorker } from "../harness/run/embedded/wasm/environment.js";
import type { Config, Plan } from "../types.js";
import type { NativeRun } from "./nativeRun.js";

/** A Lua that probes measure: one of the user's, or one of PUC-Rio's that is embedded. */
export type FoundLua =
  | (NativeLua & { readonly kind: "native" })
  | { readonly kind: "wasm"; readonly name: string; readonly version: WasmVersion };

/**
 * The Luas that tests are to run in, null for fengari. Throws CONFIG for a command that is none, and for one
 * that a sandbox cannot hold.
 */
export async function findLuas(config: Config): Promise<readonly (FoundLua | null)[]> {
  return Promise.all(
    luaNames(config).map(async (name) => {
      if (name === null) {
        if (config.profile?.mode === "memory") throw noMemoryToProfile();
        return null;
      }
      refuseCrowdedHook(config);
      const version = wasmVersionOf(name);
      if (version !== null) return { kind: "wasm", name, version } as const;
      if (config.sandbox) throw sandboxedLua(name);
      const found = await findNativeLua(name);
      if ("problem" in found)
        throw unusableLua(name, config.luaFrom, found.problem, luasOnPath(process.env.PATH ?? ""));
      return { kind: "native", ...found } as const;
    }),
  );
}

/** Lua counts what hooks execute for the program's own, so that beside hooks for all lines or calls a limit would come far too early. */
function refuseCrowdedHook({ maxInstructions, collector, profile, trace }: Config): void {
  if (maxInstructions === 0) return;
  if (collector === "hook") throw crowdedHook("collector hook");
  if (trace !== null) throw crowdedHook("trace");
  if (profile !== null && profile.mode !== "sampling") throw crowdedHook(`profile-mode ${profile.mode}`);
}

/**
 * The words of the command by which one program runs in the user's Lua; null for one that is embedded. Throws CONFIG where
 * there are several to choose from, and for what a sandbox cannot hold.
 */
export function nativeCommand(config: Config): readonly string[] | null {
  const [name = null, ...others] = luaNames(config);
  if (others.length > 0) throw severalLuas(config.lua);
  if (name === null || wasmVersionOf(name) !== null) return null;
  if (config.sandbox) throw sandboxedLua(name);
  return luaCommand(name);
}

/** Which of PUC-Rio's Luas a program runs in that nothing else is said of; null for fengari. */
export function embeddedVersion({ lua }: Pick<Config, "lua">): string | null {
  const parent = inherited();
  const name = parent === null || parent === "orphan" ? lua[0] : parent.lua;
  return wasmVersionOf(name ?? "");
}

/** Prepares for so many jobs in these Luas; null when none of them is measured by probes. Throws NOT_WRITABLE. */
export async function prepareLuas(
  config: Config,
  plan: Plan,
  luas: readonly (FoundLua | null)[],
  jobs: number,
): Promise<NativeRun | null> {
  const probing = luas.filter((lua) => lua !== null);
  if (probing.length === 0) return null;
  const version = probing.map(({ name }) => wasmVersionOf(name)).find((each) => each !== null) ?? null;
  // A worker gets ready while the rest is being prepared, where a core is there for it.
  if (version !== null && config.jobs > 1 && jobs > 0) startWorker(version, config, jobs);
  try {
    const { beginNativeRun } = await import("./nativeRun.js");
    return await beginNativeRun(config, plan, probing, jobs);
  } catch (error) {
    endEarly();
    throw error;
  }
}

function startWorker(version: WasmVersion, { jobs: cores, maxMemory }: Config, jobs: number): void {
  const environment = environmentOfWorker(process.env);
  startEarly(wasmScript, version, { maxMemory, workers: Math.min(cores, jobs), environment });
}
