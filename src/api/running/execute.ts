import { makeJobs, newSeed } from "../../harness/plan/plan.js";
import type { Selection } from "../../harness/plan/selection.js";
import type { Audience } from "../../harness/run/audience.js";
import type { Children } from "../../harness/run/children.js";
import { type Measured, measure } from "../../harness/run/measure.js";
import type { Shown } from "../../harness/run/results/originals.js";
import { totalsOf } from "../../harness/run/results/totals.js";
import { addHits } from "../../hits/sum.js";
import type { FoundLua } from "../../luas/luas.js";
import type { NativeRun } from "../../luas/nativeRun.js";
import { loadIstanbul } from "../../report/istanbul.js";
import type { Config, Job, Plan } from "../../types.js";
import type { OwnRequest } from "./request.js";
import { type ChangedRun, tellUnchanged } from "./selected.js";

export interface StartedTests {
  readonly jobs: readonly Job[];
  readonly files: readonly string[];
  /** Jobs of other test files in the same run. */
  jobsOf(tests: readonly string[]): readonly Job[];
}

/** Tells that a run starts: a reporter that cannot write says so before any test runs. */
export async function startTests(
  config: Config,
  plan: Plan,
  { tests, ...selected }: Selection,
  luas: readonly (FoundLua | null)[],
  { args = [] }: OwnRequest,
  { tell, settled }: Audience,
  changed: ChangedRun,
): Promise<StartedTests> {
  const seed = config.seed ?? newSeed();
  const jobsOf = (some: readonly string[]) =>
    makeJobs({ ...plan, tests: some }, config, args, seed, selected, luas);
  const jobs = jobsOf(tests);
  const files = [...new Set(jobs.map((job) => job.program.file))];
  const names = luas.map((lua) => lua?.name ?? null);
  tell({
    kind: "run start",
    files,
    rounds: config.repeat,
    luas: names,
    seed: config.shuffleFiles || config.shuffleTests ? seed : null,
    ...(changed.change === null ? {} : { unchanged: changed.unchanged.files }),
  });
  await settled();
  return { jobs, files, jobsOf };
}

interface RunOptions {
  readonly children: Children;
  readonly native: NativeRun | null;
  readonly keepHits: boolean;
  readonly tellsAccesses: boolean;
  readonly changed: ChangedRun;
  readonly shown: Shown;
}

/** Runs test files and tells what happens, to the end of the run: also those that depend on what others of them have changed. */
export async function runTests(
  config: Config,
  tests: StartedTests,
  { signal, onPrograms }: OwnRequest,
  { tell }: Audience,
  { native, changed: begun, ...options }: RunOptions,
) {
  const start = performance.now();
  // Once the programs have begun, this thread has nothing to do until they tell something.
  setImmediate(loadIstanbul, config);
  const natives = native?.createExecutor ?? null;
  const run = (jobs: readonly Job[], before: number) =>
    measure(jobs, config, { signal, onPrograms, tell, natives, before, ...options });
  const { measured, changed, files } = await runAll(tests, begun, run);
  const { outcomes } = measured;
  const interrupted = signal?.aborted ?? false;
  const notRun = files - new Set(outcomes.map(({ file }) => file)).size;
  tellUnchanged(changed, tell, options.shown);
  const known = changed.unchanged.outcomes.flatMap(({ results }) => results);
  const totals = totalsOf([...known, ...outcomes.flatMap(({ results }) => results)]);
  const duration = performance.now() - start;
  const left = known.length === 0 ? {} : { unchanged: known.length };
  tell({ kind: "run end", duration, totals, interrupted, notRun, ...left });
  const selected = files + changed.unchanged.files.length;
  return { measured, changed, end: { interrupted, notRun, selected } };
}

/** What runs may write what others read that a change does not touch: these run as well, until there are no more. `files` is how many. */
async function runAll(
  tests: StartedTests,
  begun: ChangedRun,
  run: (jobs: readonly Job[], before: number) => Promise<Measured>,
): Promise<{ readonly measured: Measured; readonly changed: ChangedRun; readonly files: number }> {
  let [jobs, changed] = [tests.jobs, begun];
  let last = await run(jobs, 0);
  let [measured, count, files] = [last, jobs.length, tests.files.length];
  // Of a run that was stopped, nothing else is to run.
  while (last.outcomes.length === jobs.length) {
    const more = await changed.again(last.outcomes);
    if (more === null) break;
    jobs = tests.jobsOf(more.tests);
    last = await run(jobs, count);
    measured = {
      outcomes: [...measured.outcomes, ...last.outcomes],
      hits: addHits(measured.hits, last.hits),
    };
    count += jobs.length;
    files += more.tests.length;
    changed = more.changed;
  }
  return { measured, changed, files };
}

export type EndedTests = Awaited<ReturnType<typeof runTests>>;

/** What outcomes are to have, besides what all have. */
export function leavingOf(
  config: Config,
  { tellsAccesses = false }: OwnRequest,
  { change }: ChangedRun,
  isWatched: boolean,
): { readonly keepHits: boolean; readonly tellsAccesses: boolean } {
  return {
    keepHits: isWatched || (change !== null && !config.byTest),
    // Who runs tests again for changes has to know which ones are their own.
    tellsAccesses: tellsAccesses || isWatched || change !== null,
  };
}
