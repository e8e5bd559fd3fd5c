import path from "node:path";
import { analyse } from "../../src/analyse.js";
import { runJob } from "../../src/harness/job.js";
import type { FileCoverageData, Outcome } from "../../src/types.js";
import { makeFolder } from "./folder.js";

export interface Measured {
  readonly outcome: Outcome;
  readonly coverage: FileCoverageData;
  /** The messages of all notices, of which none is a problem. */
  readonly warnings: readonly string[];
}

/** Runs a Lua text as `program.lua` in this thread and measures it. */
export function measure(source: string | Uint8Array, { linesOnly = false } = {}): Measured {
  const folder = makeFolder({ "program.lua": source });
  const file = path.join(folder, "program.lua");
  const scope = { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] };
  const program = { file, args: [], packagePath: `${folder}/?.lua` };
  const outcome = runJob({ program, scope, linesOnly }, new Int32Array(1));
  const { coverage, notices } = analyse(outcome.hits, [], { root: folder, linesOnly });
  const data = coverage[file];
  if (data === undefined) throw new Error(`not measured: ${JSON.stringify(notices)}`);
  if (notices.some(({ level }) => level === "problem")) throw new Error(JSON.stringify(notices));
  return { outcome, coverage: data, warnings: notices.map(({ message }) => message) };
}
