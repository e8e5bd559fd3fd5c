/**
 * What a command starts before it loads the rest of the library: a worker of the Lua that its programs will run in, as far as that can
 * be told by a look. Who is wrong has started a worker for nothing.
 */

import path from "node:path";
import { findPlaces } from "./config/read/places.js";
import { wasmVersionOf } from "./engine/wasm/package/versions.js";
import { currentFolder, readContent } from "./files/files.js";
import { fengariScript, wasmScript } from "./harness/run/embedded/scripts.js";
import { isWaiting, startEarly } from "./harness/run/embedded/thread/early.js";
import { environmentOfWorker } from "./harness/run/embedded/wasm/environment.js";

/** Where a configuration says something of the worker, or something that is not in it does. */
const telling = /\b(?:lua|max[-_]?memory|extends|projects)["']?\s*:/i;

interface Command {
  readonly options: Readonly<Record<string, unknown>>;
  readonly nycrcPath: string | undefined;
}

/** Starts a worker for the programs of a command, unless only its whole configuration tells which. */
export function startProgramsEarly(command: Command): void {
  const { lua = "fengari", maxMemory } = command.options;
  const [name, ...others] = [lua].flat();
  if (typeof name !== "string" || others.length > 0 || maxMemory !== undefined) return;
  const version = wasmVersionOf(name);
  // To look into the configuration once more would take as long as a small test.
  if (isWaiting(version === null ? fengariScript : wasmScript) || isConfigured(command)) return;
  const { env } = process;
  const limits = { maxMemory: 0, workers: 1 };
  if (name === "fengari") startEarly(fengariScript, null, { ...limits, environment: env });
  if (version !== null) startEarly(wasmScript, version, { ...limits, environment: environmentOfWorker(env) });
}

function isConfigured({ options: { cwd }, nycrcPath }: Command): boolean {
  try {
    const start = path.resolve(currentFolder(), typeof cwd === "string" ? cwd : ".");
    const places = findPlaces(start, nycrcPath === undefined ? null : path.resolve(start, nycrcPath));
    return places.some(({ file }) => telling.test(readContent(file).toString("latin1")));
  } catch {
    // What is wrong with a file, or the folder, is told by who reads it for what it says.
    return true;
  }
}
