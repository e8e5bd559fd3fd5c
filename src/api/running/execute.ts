import { makeJobs, newSeed } from "../../harness/plan/plan.js";
import type { Selection } from "../../harness/plan/selection.js";
import type { Audience } from "../../harness/run/audience.js";
import type { Children } from "../../harness/run/children.js";
import { measure } from "../../harness/run/measure.js";
import type { Shown } from "../../harness/run/results/originals.js";
import { totalsOf } from "../../harness/run/results/totals.js";
import type { FoundLua } from "../../luas/luas.js";
import type { NativeRun } from "../../luas/nativeRun.js";
import { loadIstanbul } from "../../report/istanbul.js";
import type { Config, Job, Plan } from "../../types.js";
import type { OwnRequest } from "./request.js";
import { type ChangedRun, tellUnchanged } from "./selected.js";

export interface StartedTests {
  readonly jobs: readonly Job[];
  readonly files: readonly string[];
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
  shown: Shown,
): Promise<StartedTests> {
  const seed = config.seed ?? newSeed();
  const jobs = makeJobs({ ...plan, tests }, config, args, seed, selected, luas);
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
  tellUnchanged(changed, tell, shown);
  await settled();
  return { jobs, files };
}

/** Runs test files and tells what happens, to the end of the run. */
export async function runTests(
  config: Config,
  { jobs, files }: StartedTests,
  { signal, onPrograms }: OwnRequest,
  { tell }: Audience,
  {
    native,
    changed,
    ...options
  }: {
    readonly children: Children;
    readonly native: NativeRun | null;
    readonly keepHits: boolean;
    readonly tellsAccesses: boolean;
    readonly changed: ChangedRun;
    readonly shown: Shown;
  },
) {
  const start = performance.now();
  // Once the programs have begun, this thread has nothing to do until they tell something.
  setImmediate(loadIstanbul, config);
  const measured = await measure(jobs, config, {
    signal,
    onPrograms,
    tell,
    natives: native?.createExecutor ?? null,
    ...options,
  });
  const { outcomes } = measured;
  const interrupted = signal?.aborted ?? false;
  const notRun = files.length - new Set(outcomes.map(({ file }) => file)).size;
  const known = changed.unchanged.outcomes.flatMap(({ results }) => results);
  const totals = totalsOf([...known, ...outcomes.flatMap(({ results }) => results)]);
  const duration = performance.now() - start;
  const left = known.length === 0 ? {} : { unchanged: known.length };
  tell({ kind: "run end", duration, totals, interrupted, notRun, ...left });
  const selected = files.length + changed.unchanged.files.length;
  return { measured, end: { interrupted, notRun, selected } };
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
