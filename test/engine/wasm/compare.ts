import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import path from "node:path";
import type { WasmVersion } from "../../../src/engine/wasm/package/versions.js";
import { makeFolder } from "../../support/folder.js";
import { toolPath } from "../../support/tools.js";

const interpreter = path.join(import.meta.dirname, "lua.mjs");

/** Debian's Lua of a version. */
export type NativeLua = "lua5.1" | "lua5.2" | "lua5.3" | "lua5.4";

/** The embedded one of its version. */
export function embeddedOf(lua: NativeLua): WasmVersion {
  const versions = { "lua5.1": "5.1", "lua5.2": "5.2", "lua5.3": "5.3", "lua5.4": "5.4" } as const;
  return versions[lua];
}

export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Debian's Lua prints for a script, in a folder of its own. Bytes read as Latin-1. */
export function runNative(lua: NativeLua, script: string, input = ""): Printed {
  const { name, options } = prepare(script, input);
  return printed(spawnSync(toolPath(lua), [name], options), options.cwd);
}

/** What the embedded one prints, with so much memory. */
export function runEmbedded(version: WasmVersion, script: string, input = "", megabytes = 256): Printed {
  const { name, options } = prepare(script, input);
  const env = { ...options.env, MEGABYTES: String(megabytes) };
  const ran = spawnSync(process.execPath, [interpreter, version, name], { ...options, env });
  return printed(ran, options.cwd);
}

function prepare(script: string, input: string) {
  const folder = makeFolder({});
  const name = path.basename(script);
  copyFileSync(script, path.join(folder, name));
  const { LUA_PATH, LUA_CPATH, LUA_INIT, ...env } = process.env;
  return { name, options: { cwd: folder, encoding: "latin1", input, env } as const };
}

function printed({ status, stdout, stderr }: SpawnSyncReturns<string>, folder: string): Printed {
  return { code: status, stdout: normalised(stdout, folder), stderr: normalised(stderr, folder) };
}

/**
 * Folders, addresses and the name of the program differ; and by which of its names 5.2 calls a function that is in several
 * tables, as it takes the one that it meets first in a table whose order changes from run to run.
 */
function normalised(text: string, folder: string): string {
  return text
    .replaceAll(folder, "<folder>")
    .replace(/^(?:\S*\/)?lua5\.\d: /gm, "lua: ")
    .replace(/0x[0-9a-f]{4,}/g, "0x…")
    .replace(/ to '(?:_G|table)\.(\w+)'/g, " to '$1'")
    .replaceAll(" to 'loadstring'", " to 'load'");
}
