import path from "node:path";
import { fileURLToPath } from "node:url";
import { editsArguments } from "../luaCommand.js";
import type { NativeLua } from "../nativeLua.js";

/** What a Lua of the user's is started with, before the file of a job. */
export const startScript = fileURLToPath(new URL("../../../lua/native/main.lua", import.meta.url));

/** The folder of the Lua files that we ship. */
export const shipped = path.dirname(path.dirname(startScript));

/** What has a Lua run a job: arguments behind its command, and a variable where that would edit them. */
export function jobStart(
  { command }: NativeLua,
  job: string,
): { readonly args: readonly string[]; readonly environment: Readonly<Record<string, string>> } {
  return editsArguments(command)
    ? { args: [startScript], environment: { LUACOV_TS_JOB: job } }
    : { args: [startScript, job], environment: {} };
}
