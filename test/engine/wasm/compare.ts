import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import path from "node:path";
import type { WasmVersion } from "../../../src/engine/wasm/package/versions.js";
import { makeFolder } from "../../support/folder.js";
import { type ToolName, toolPath } from "../../support/tools.js";

const interpreter = path.join(import.meta.dirname, "lua.mjs");

/** The versions that Debian has, too. */
export const versions = ["5.1", "5.2", "5.3", "5.4"] as const;

export type ComparedVersion = (typeof versions)[number];

/** Debian's Lua of a version. */
export function nativeOf(version: ComparedVersion): `lua${ComparedVersion}` & ToolName {
  return `lua${version}`;
}

export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Debian's Lua prints for a script, in a folder of its own. Bytes read as Latin-1. */
export function runNative(version: ComparedVersion, script: string, input = ""): Printed {
  return runIn([toolPath(nativeOf(version))], script, input);
}

/** What the embedded one prints. */
export function runEmbedded(version: WasmVersion, script: string, input = ""): Printed {
  return runIn([process.execPath, interpreter, version], script, input);
}

function runIn([program = "", ...args]: readonly string[], script: string, input: string): Printed {
  const folder = makeFolder({});
  const name = path.basename(script);
  copyFileSync(script, path.join(folder, name));
  const { LUA_PATH, LUA_CPATH, LUA_INIT, ...env } = process.env;
  const ran = spawnSync(program, [...args, name], { cwd: folder, encoding: "latin1", input, env });
  const text = (given: string) => withoutOurs(normalised(given, folder));
  return { code: ran.status, stdout: text(ran.stdout), stderr: text(ran.stderr) };
}

/** Folders, addresses and the name of the program differ. */
function normalised(text: string, folder: string): string {
  return text
    .replaceAll(folder, "<folder>")
    .replace(/^(?:\S*\/)?lua5\.\d: /gm, "lua: ")
    .replace(/0x[0-9a-f]{4,}/g, "0x…");
}

/** The lower end of a traceback is what runs the program: Lua's own lua.c, or ours. */
function withoutOurs(text: string): string {
  const tail = String.raw`\n\t(?:\(\.\.\.tail calls\.\.\.\)|\(tail call\): \?)`;
  return text.replace(
    new RegExp(
      String.raw`(?:${tail})?\n\t\[C\]: in function 'xpcall'(?:\n\t\[C\]:\d+: [^\n]*|${tail})+(?=\n\t\[C\])`,
      "g",
    ),
    "",
  );
}
