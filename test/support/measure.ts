import path from "node:path";
import { analyse } from "../../src/analyse.js";
import { runJob } from "../../src/harness/job.js";
import type { FileCoverageData, Outcome } from "../../src/types.js";
import { makeFolder } from "./folder.js";

export interface Measured {
  readonly outcome: Outcome;
  readonly coverage: FileCoverageData;
}

/** Runs a Lua text as a program in this thread and measures it. */
export function measure(source: string | Uint8Array): Measured {
  const folder = makeFolder({ "program.lua": source });
  const file = path.join(folder, "program.lua");
  const scope = { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] };
  const program = { file, args: [], packagePath: `${folder}/?.lua` };
  const outcome = runJob({ program, scope, linesOnly: false }, new Int32Array(1));
  const { coverage, notices } = analyse(outcome.hits, [], { root: folder, linesOnly: false });
  const data = coverage[file];
  if (data === undefined || notices.length > 0) throw new Error(`not measured: ${JSON.stringify(notices)}`);
  return { outcome, coverage: data };
}
