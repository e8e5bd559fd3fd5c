import { addHits, noHits } from "../collect/hits.js";
import type { Config, Hits, Job, Outcome, Scope, TestEvent } from "../types.js";
import { withSettings } from "./attempts.js";
import { createChildren } from "./children.js";
import { runJobs } from "./pool.js";
import { createProgress } from "./progress.js";
import { Sequence } from "./sequence.js";

export interface MeasureRequest {
  readonly signal: AbortSignal | undefined;
  readonly tell: (event: TestEvent) => void;
}

/** Runs jobs, and what they start in turn: their outcomes, in their order, with what all of it covered. */
export async function measure(
  jobs: readonly Job[],
  config: Config,
  scope: Scope,
  { signal, tell }: MeasureRequest,
): Promise<readonly Outcome[]> {
  const { timeout, maxMemory, linesOnly, luaPath, sandbox, bail, retry } = config;
  const children = createChildren({ scope, linesOnly, luaPath, sandbox });
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  if (signal?.aborted) stop.abort();
  signal?.addEventListener("abort", onAbort);
  const sequence = new Sequence(jobs, { bail, tell, onBail: onAbort });
  const progress = createProgress(jobs, tell);
  const options = {
    timeout,
    maxMemory,
    environment: process.env,
    workers: config.jobs,
    retry,
    signal: stop.signal,
  };
  try {
    const prepared = jobs.map((job, index) => prepare(job, children.environmentOf(index), config));
    await runJobs(prepared, options, {
      start: (index) => {
        progress.start(index);
        sequence.start(index);
      },
      event: (index, event) => sequence.event(index, event),
      end: (index, outcome) => {
        const hits = addHits(outcome.hits, children.hitsOf(index));
        progress.end(index, outcome);
        sequence.end(index, { ...outcome, hits });
      },
    });
    return sequence.outcomes;
  } finally {
    children.close();
    signal?.removeEventListener("abort", onAbort);
  }
}

/** A file that will be tried again must come to its end, to know of all that failed. */
function prepare(job: Job, environment: Readonly<Record<string, string>>, { bail, retry }: Config): Job {
  const settings = bail > 0 && retry === 0 ? { bail } : {};
  const { program, ...rest } = withSettings(job, settings);
  return { ...rest, program: { ...program, environment } };
}

/** What outcomes cover together. */
export function hitsOfAll(outcomes: readonly Outcome[]): Hits {
  return outcomes.map(({ hits }) => hits).reduce(addHits, noHits);
}
