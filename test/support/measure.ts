import { writeFileSync } from "node:fs";
import path from "node:path";
import type { ChunkCache } from "../../src/engine/fengari/chunks/chunkCache.js";
import { runJob } from "../../src/harness/run/embedded/job.js";
import type { FileCoverageData, Outcome } from "../../src/types.js";
import { analyseNow } from "./analyse.js";
import { makeFolder } from "./folder.js";

export interface Measured {
  readonly outcome: Outcome;
  readonly coverage: FileCoverageData;
  /** The messages of all notices, of which none is a problem. */
  readonly warnings: readonly string[];
}

/** Runs a Lua text as `program.lua` in this thread and measures it. */
export function measure(source: string | Uint8Array, { linesOnly = false } = {}): Measured {
  const folder = makeFolder({});
  const outcome = runProgramIn(folder, source);
  const { coverage, notices } = analyseNow(outcome.hits.bytecode, [], { root: folder, linesOnly });
  const data = coverage[path.join(folder, "program.lua")];
  if (data === undefined) throw new Error(`not measured: ${JSON.stringify(notices)}`);
  if (notices.some(({ level }) => level === "problem")) throw new Error(JSON.stringify(notices));
  return { outcome, coverage: data, warnings: notices.map(({ message }) => message) };
}

/** Writes a Lua text to `program.lua` in a folder and runs it there, every file in the folder measured. */
export function runProgramIn(
  folder: string,
  source: string | Uint8Array,
  { chunks = null }: { chunks?: ChunkCache | null } = {},
): Outcome {
  const file = path.join(folder, "program.lua");
  writeFileSync(file, source);
  const scope = { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] };
  const program = { file, args: [], packagePath: `${folder}/?.lua` };
  return runJob({ program, scope, test: null }, new Int32Array(1), chunks);
}
