import { existsSync, realpathSync } from "node:fs";
import { createCounterTable } from "../collect/counters.js";
import { hitsOf, type LiveChunk } from "../collect/liveChunk.js";
import { coverageTracer } from "../collect/tracer.js";
import { verdict } from "../discover/verdict.js";
import { createHost, type Host } from "../engine/host/host.js";
import type { Stop } from "../engine/host/stop.js";
import { runProgram } from "../engine/program.js";
import type { Exit, Job, Outcome, Scope, TestResult, Verdict } from "../types.js";
import type { JobEnd } from "./messages.js";

/** Runs one test file in a fresh state, in this thread. */
export function runJob(job: Job, interrupt: Int32Array): Outcome {
  const chunks: LiveChunk[] = [];
  const end = executeJob(job, interrupt, (chunk) => chunks.push(chunk));
  return { ...end, hits: hitsOf(chunks) };
}

/**
 * Runs one test file in a fresh state. `onChunk` hears of the counters of each measured chunk before it runs.
 * Setting `interrupt[0]` from another thread ends the program early, for the reason that the order gives.
 */
export function executeJob(job: Job, interrupt: Int32Array, onChunk: (chunk: LiveChunk) => void): JobEnd {
  const { program, scope, linesOnly } = job;
  const verdicts: Record<string, Verdict> = {};
  const host = createHost(program.sandbox);
  const measured = (source: string) => measuredPath(source, host, scope, verdicts);
  const table = createCounterTable({ measuredPath: measured, linesOnly, onChunk });
  const start = performance.now();
  const limits = new Set<string>();
  const tracerFor = (stop: Stop) => coverageTracer(table, stop, interrupt, linesOnly);
  const exit = runProgram(program, tracerFor, host, (limit) => limits.add(limit));
  const duration = performance.now() - start;
  return {
    exit,
    result: { file: program.file, duration, ...statusOf(exit) },
    verdicts,
    limits: [...limits],
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
    case "timed out":
      return { status: "error", message: `timed out at ${exit.place}`, traceback: exit.traceback };
  }
}
