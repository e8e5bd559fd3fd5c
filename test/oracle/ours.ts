import { runJob } from "../../src/harness/run/embedded/job.js";
import type { CoverageMapData, Hits, Notice } from "../../src/types.js";
import { analyseNow } from "../support/analyse.js";
import { packagePath } from "./native.js";

export interface Ours {
  /** Of the error that ended the program, or empty. */
  readonly message: string;
  readonly hits: Hits;
  readonly coverage: CoverageMapData;
  readonly notices: readonly Notice[];
}

/** Runs a program in the embedded Lua and measures every file that it loads. */
export function measureProgram(file: string): Ours {
  const scope = { root: "/", tests: [], include: [], exclude: [], extension: [".lua"] };
  const program = { file, args: [], packagePath };
  const {
    hits,
    results: [result],
  } = runJob({ program, scope, test: null }, new Int32Array(1));
  return {
    message: result?.message ?? "",
    hits,
    ...analyseNow(hits.bytecode, [], { root: "/", linesOnly: false }),
  };
}
