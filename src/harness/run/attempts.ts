import { addHits } from "../../hits/sum.js";
import type { Job, Outcome, Settings, TestResult } from "../../types.js";
import type { FileEvent } from "./record.js";
import { fullName, hasFailed } from "./results/totals.js";

interface AttemptOptions {
  /** How many attempts may follow the first one. */
  readonly retry: number;
  readonly signal: AbortSignal;
  readonly hear: (event: FileEvent) => void;
}

type Run = (job: Job, hear: (event: FileEvent) => void) => Promise<Outcome>;

/**
 * Runs a job, and what failed in it again in a fresh state. Each test has one result, that of its last attempt;
 * hits of all attempts add up. From the first failure on, `hear` gets everything after the last attempt.
 */
export async function runAttempts(job: Job, run: Run, options: AttemptOptions): Promise<Outcome> {
  const { retry, signal, hear } = options;
  if (retry === 0) return run(job, hear);
  const held = createHold(hear);
  let sum = await run(job, held.hear);
  for (let attempt = 2; attempt <= retry + 1 && sum.results.some(hasFailed) && !signal.aborted; attempt++) {
    const outcome = await run(againOf(job, sum), held.hearOutput);
    sum = { ...joined(sum, outcome), results: latest(sum.results, outcome.results, attempt) };
  }
  held.release(sum.results, sum.loaded);
  return sum;
}

/** Of a spec that came to its end only the tests that failed, unless something else than a test has failed. */
function againOf(job: Job, { exit, results }: Outcome): Job {
  const failed = results.filter(hasFailed);
  const onlyTests = exit.kind === "returned" && failed.every(({ descriptor }) => descriptor === "it");
  if (job.test?.style !== "spec" || !onlyTests) return job;
  return withSettings(job, { only: [...new Set(failed.map(fullName))] });
}

/** A job whose runner gets more settings; a script has no runner. */
export function withSettings(job: Job, settings: Settings): Job {
  const steps = job.program.steps?.map((step) =>
    step.kind === "tests" ? { ...step, settings: { ...step.settings, ...settings } } : step,
  );
  return steps === undefined ? job : { ...job, program: { ...job.program, steps } };
}

function joined(first: Outcome, second: Outcome): Outcome {
  return {
    ...second,
    duration: first.duration + second.duration,
    hits: addHits(first.hits, second.hits),
    loaded: union(first.loaded, second.loaded),
    notFiles: union(first.notFiles, second.notFiles),
    unloaded: union(first.unloaded, second.unloaded),
    limits: union(first.limits, second.limits),
    ...bothAccesses(first, second),
  };
}

function bothAccesses({ accesses: a }: Outcome, { accesses: b }: Outcome): Pick<Outcome, "accesses"> {
  if (a === undefined || b === undefined) return {};
  return {
    accesses: {
      looks: [...a.looks, ...b.looks],
      removed: union(a.removed, b.removed),
      changed: union(a.changed, b.changed),
      doubts: union(a.doubts, b.doubts),
    },
  };
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}

/** What failed gives way to what came of it; what else ran again stays, and what is new comes last. */
function latest(
  previous: readonly TestResult[],
  again: readonly TestResult[],
  attempts: number,
): TestResult[] {
  const keysAgain = keysOf(again);
  const byKey = new Map(again.map((result, index) => [keysAgain[index] ?? "", { ...result, attempts }]));
  const keys = keysOf(previous);
  const kept = previous.flatMap((result, index) => {
    const replacement = byKey.get(keys[index] ?? "");
    byKey.delete(keys[index] ?? "");
    if (!hasFailed(result)) return [result];
    // What failed outside of the tests and does not any more has no result.
    return replacement ?? (result.descriptor === "it" ? [result] : []);
  });
  return [...kept, ...byKey.values()];
}

/** Tests are known by their full name, and those with the same one by their order. */
function keysOf(results: readonly TestResult[]): string[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const name = JSON.stringify([result.descriptor, ...result.names]);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${count} ${name}`;
  });
}

/** Keeps events back from the first failure on, until it is known what has come of it. */
function createHold(hear: (event: FileEvent) => void) {
  const waiting: FileEvent[] = [];
  const later: FileEvent[] = [];
  let told = 0;
  const hold = (event: FileEvent) => {
    const isFailure = event.kind === "test" && hasFailed(event.result);
    if (waiting.length > 0 || isFailure) waiting.push(event);
    else {
      if (event.kind === "test") told++;
      hear(event);
    }
  };
  return {
    hear: hold,
    /** For later attempts: what they write comes before the first result that was held. */
    hearOutput: (event: FileEvent) => {
      if (event.kind === "output") later.push(event);
    },
    /** `results` are all of the file: in the place of each one that was held stands its successor. */
    release: (results: readonly TestResult[], loaded: readonly string[]) => {
      const rest = results.slice(told);
      for (const event of [...later, ...waiting]) {
        if (event.kind === "output") hear(event);
        else {
          const result = rest.shift();
          if (result !== undefined) hear({ kind: "test", result, loaded });
        }
      }
      for (const result of rest) hear({ kind: "test", result, loaded });
    },
  };
}
