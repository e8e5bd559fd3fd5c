import { wasmVersionOf } from "../../engine/wasm/package/versions.js";
import { partsOfChildren } from "../../hits/byTest/jobParts.js";
import { addHits, HitsSum, noHits } from "../../hits/sum.js";
import type { Config, Hits, Job, Outcome, TestEvent } from "../../types.js";
import { withSettings } from "./attempts.js";
import type { Children } from "./children.js";
import { createExecutors, luaOf, type NativeExecutors } from "./executors.js";
import { runJobs } from "./pool.js";
import { createProgress } from "./progress.js";
import type { Shown } from "./results/originals.js";
import { Sequence, type SequenceEvent } from "./sequence.js";

export interface MeasureRequest {
  readonly signal: AbortSignal | undefined;
  /** Hears when programs begin to run, and when the last has ended. */
  readonly onPrograms: ((running: boolean) => void) | undefined;
  readonly tell: (event: TestEvent) => void;
  /** What the jobs start in turn. */
  readonly children: Children;
  /** Makes the executors of Luas of the user's; absent where none of them is asked for. */
  readonly natives?: NativeExecutors | null;
  /** Whether outcomes keep their own hits: of thousands they would fill the memory. */
  readonly keepHits?: boolean;
  /** Whether outcomes have what their programs asked of the system. */
  readonly tellsAccesses?: boolean;
  /** How results are told; outcomes have them as they are. */
  readonly shown?: Shown;
  /** How many jobs have run before these, with the same children. */
  readonly before?: number;
}

export interface Measured {
  /** In the order of their jobs. */
  readonly outcomes: readonly Outcome[];
  /** What all of it covered, also what the jobs started in turn. */
  readonly hits: Hits;
}

/** Runs jobs, and what they start in turn. */
export async function measure(
  jobs: readonly Job[],
  config: Config,
  {
    signal,
    onPrograms = () => {},
    tell,
    children,
    natives = null,
    keepHits = false,
    tellsAccesses = false,
    shown = (result) => result,
    before = 0,
  }: MeasureRequest,
): Promise<Measured> {
  const { timeout, maxMemory, bail, retry, debug } = config;
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  if (signal?.aborted) stop.abort();
  signal?.addEventListener("abort", onAbort);
  const sum = new HitsSum();
  const count = (outcome: Outcome): Outcome => {
    sum.add(outcome.hits);
    return keepHits ? outcome : { ...outcome, hits: noHits };
  };
  // What is left out after the last failure does not count; else nothing has to wait for its turn to be added.
  const [countEnded, countTold] = bail > 0 ? [same, count] : [count, same];
  const tellShown = (event: SequenceEvent) =>
    tell(event.kind === "test" ? { kind: "test", result: shown(event.result, event.loaded) } : event);
  const sequence = new Sequence(jobs, { bail, tell: tellShown, onBail: onAbort, onTold: countTold });
  const progress = createProgress(jobs, tell);
  const workers = Math.min(config.jobs, jobs.length);
  const { signal: stopped } = stop;
  const programs = jobs.filter(isNative).length;
  const ofExecutor = {
    timeout,
    maxMemory,
    environment: process.env,
    workers,
    programs,
    signal: stopped,
    debug,
  };
  const createExecutor = () => createExecutors(ofExecutor, natives);
  const options = { workers, createExecutor, retry, signal: stopped };
  try {
    const prepared = jobs.map((job, index) =>
      prepare(job, children.environmentOf(before + index), config, tellsAccesses),
    );
    onPrograms(true);
    await runJobs(prepared, options, {
      start: (index) => {
        progress.start(index);
        sequence.start(index);
      },
      event: (index, event) => sequence.event(index, event),
      end: (index, outcome) => {
        const hits = addHits(outcome.hits, hitsOfChildren(prepared[index], children.hitsOf(before + index)));
        progress.end(index, outcome);
        sequence.end(index, countEnded({ ...outcome, hits }));
      },
    });
    return { outcomes: sequence.outcomes, hits: sum.hits };
  } finally {
    onPrograms(false);
    signal?.removeEventListener("abort", onAbort);
  }
}

function isNative(job: Job): boolean {
  const name = luaOf(job);
  return name !== null && wasmVersionOf(name) === null;
}

/** A file that will be tried again must come to its end, to know of all that failed. */
function prepare(
  job: Job,
  environment: Readonly<Record<string, string>>,
  { bail, retry, profile, trace, maxInstructions, byTest }: Config,
  tellsAccesses: boolean,
): Job {
  const settings = { ...(bail > 0 && retry === 0 ? { bail } : {}), ...(byTest ? { byTest } : {}) };
  const { program, ...rest } = withInstructions(withSettings(job, settings), maxInstructions);
  const asked = tellsAccesses ? { LUACOV_TS_ACCESSES: "1" } : {};
  return {
    ...rest,
    profile,
    trace,
    byTest,
    tellsAccesses,
    program: { ...program, environment: { ...environment, ...asked } },
  };
}

/** A job that may execute so many instructions, 0 for any number. */
export function withInstructions(job: Job, maxInstructions: number): Job {
  return maxInstructions === 0 ? job : { ...job, program: { ...job.program, maxInstructions } };
}

function hitsOfChildren(job: Job | undefined, hits: Hits): Hits {
  return job?.byTest === true ? { ...hits, tests: partsOfChildren(job, hits) } : hits;
}

function same(outcome: Outcome): Outcome {
  return outcome;
}
