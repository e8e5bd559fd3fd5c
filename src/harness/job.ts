import { existsSync, realpathSync } from "node:fs";
import { createCounterTable } from "../collect/counters.js";
import type { LiveChunk } from "../collect/liveChunk.js";
import { coverageTracer } from "../collect/tracer.js";
import { verdict } from "../discover/verdict.js";
import { createHost, type Host } from "../engine/host/host.js";
import type { Stop } from "../engine/host/stop.js";
import { runProgram } from "../engine/program.js";
import type { Job, Outcome, Scope, Verdict } from "../types.js";
import type { JobEnd, News } from "./messages.js";
import { createRecord } from "./record.js";

/** Runs one program in a fresh state, in this thread. */
export function runJob(job: Job, interrupt: Int32Array): Outcome {
  const record = createRecord(job);
  const end = executeJob(job, interrupt, record.add);
  return record.outcome(end);
}

/**
 * Runs one program in a fresh state. `tell` hears of the counters of each measured chunk before it runs, and of
 * the program's tests. Setting `interrupt[0]` from another thread ends the program early, for the reason that
 * the order gives.
 */
export function executeJob(job: Job, interrupt: Int32Array, tell: (news: News) => void): JobEnd {
  const { program, scope, linesOnly } = job;
  const verdicts: Record<string, Verdict> = {};
  const host = createHost(program.sandbox);
  const measured = (source: string) => measuredPath(source, host, scope, verdicts);
  const onChunk = (chunk: LiveChunk) => tell({ kind: "chunk", chunk });
  const table = createCounterTable({ measuredPath: measured, linesOnly, onChunk });
  const start = performance.now();
  const limits = new Set<string>();
  const tracerFor = (stop: Stop) => coverageTracer(table, stop, interrupt, linesOnly);
  const onLimit = (limit: string) => limits.add(limit);
  const exit = runProgram(program, tracerFor, { host, onLimit, onTest: tell });
  return {
    exit,
    duration: performance.now() - start,
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
