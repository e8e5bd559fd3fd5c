import { withSettings } from "../harness/run/attempts.js";
import { fullName } from "../harness/run/results/totals.js";
import type { Job, OrderedTest } from "../types.js";

/** A job that runs some tests of its file alone. LuaUnit takes their names as arguments, and runs them in their order. */
export function onlyTests(job: Job, tests: readonly OrderedTest[]): Job {
  if (job.test?.style !== "luaunit") return withSettings(job, { only: [...new Set(tests.map(fullName))] });
  const names = tests.map(({ names: each }) => each.join("."));
  return { ...job, program: { ...job.program, args: [...job.program.args, ...names] } };
}
