import { existsSync, realpathSync } from "node:fs";
import { createCounterTable } from "../collect/counters.js";
import { coverageTracer } from "../collect/tracer.js";
import { verdict } from "../discover/verdict.js";
import { createHost, type Host } from "../engine/host/host.js";
import { runProgram } from "../engine/program.js";
import type { Exit, Job, Outcome, Scope, TestResult, Verdict } from "../types.js";

/** Runs one test file in a fresh state. Setting `interrupt[0]` from another thread ends it early. */
export function runJob(job: Job, interrupt: Int32Array): Outcome {
  const verdicts: Record<string, Verdict> = {};
  const host = createHost();
  const table = createCounterTable((source) => measuredPath(source, host, job.scope, verdicts));
  const start = performance.now();
  const exit = runProgram(job.program, (stop) => coverageTracer(table, stop, interrupt, job.linesOnly), host);
  const duration = performance.now() - start;
  return {
    result: { file: job.program.file, duration, ...statusOf(exit) },
    hits: table.hits(job.linesOnly),
    verdicts,
    interrupted: exit.kind === "interrupted",
  };
}

/** The real path that a chunk's source stands for, if that file is measured; `./a.lua` and `a.lua` are one. */
function measuredPath(
  source: string,
  host: Host,
  scope: Scope,
  verdicts: Record<string, Verdict>,
): string | null {
  if (!source.startsWith("@")) return null;
  const file = host.directory.resolveText(source.slice(1));
  if (!existsSync(file)) {
    verdicts[file] = { measured: false, reason: "a chunk name that is no file" };
    return null;
  }
  const real = realpathSync(file);
  const found = verdicts[real] ?? verdict(scope, real);
  verdicts[real] = found;
  return found.measured ? real : null;
}

function statusOf(exit: Exit): Pick<TestResult, "status" | "message" | "traceback"> {
  switch (exit.kind) {
    case "returned":
      return { status: "success", message: "", traceback: "" };
    case "exited":
      if (exit.code === 0) return { status: "success", message: "", traceback: "" };
      return { status: "failure", message: `os.exit was called with code ${exit.code}`, traceback: "" };
    case "failed":
      return { status: "error", message: exit.message, traceback: exit.traceback };
    case "interrupted":
      return { status: "error", message: "interrupted", traceback: "" };
  }
}
