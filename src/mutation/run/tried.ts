/** Inside of a process for mutants: what is ready for them, and what becomes of each. */

import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Executor } from "../../engine/engine.js";
import { startProcessorTime } from "../../engine/host/primitives/time/processorTime.js";
import { wasmVersionOf } from "../../engine/wasm/package/versions.js";
import { currentFolder } from "../../files/files.js";
import { pathOf } from "../../files/names.js";
import { prepare } from "../../harness/plan/busted.js";
import { makeJobs, planFor } from "../../harness/plan/plan.js";
import { allOf } from "../../harness/plan/selection.js";
import { withSettings } from "../../harness/run/attempts.js";
import { type Children, createChildren } from "../../harness/run/children.js";
import { environmentOfWorker } from "../../harness/run/embedded/wasm/environment.js";
import { createWasmChildExecutor } from "../../harness/run/embedded/wasm/executor.js";
import { createExecutors } from "../../harness/run/executors.js";
import { withInstructions } from "../../harness/run/measure.js";
import { runRecorded } from "../../harness/run/record.js";
import { findLuas, prepareLuas } from "../../luas/luas.js";
import type { NativeRun } from "../../luas/nativeRun.js";
import type { Config, Job, Outcome } from "../../types.js";
import { fateOf } from "./fate.js";
import type { Fate, MutantEnd, MutantOrder, TestRun } from "./messages.js";
import type { Restorable } from "./restore.js";
import { settledInputs } from "./settledInputs.js";

/** Tries mutants in the copy that is the current folder, one at a time. */
export interface Trier {
  tryMutant(order: MutantOrder): Promise<MutantEnd>;
  close(): Promise<void>;
}

export async function createTrier(given: Config, restorable: Restorable): Promise<Trier> {
  const { config, tests } = await prepare({ ...given, coverage: false, byTest: false }, undefined);
  const plan = planFor(config, tests);
  const luas = await findLuas(config);
  const jobs = makeJobs(plan, config, [], 0, allOf(tests), luas);
  const children = createChildren(plan.scope, config, "project first");
  const natives = await prepareLuas(
    config,
    plan,
    luas.filter((lua) => lua?.kind === "native"),
    jobs.length,
  );
  const executor = executorFor(config, natives);
  const byName = new Map(jobs.map((job) => [keyOf(job.program.file, job.test?.lua ?? null), job]));
  return {
    tryMutant: async ({ source, text, runs }) => {
      const began = performance.timeOrigin + performance.now();
      const mutated = path.join(config.cwd, source);
      writeFileSync(pathOf(mutated), text);
      const outcomes: Outcome[] = [];
      try {
        const fate = await firstFate(runs, async (run) => {
          const job = byName.get(keyOf(run.file, run.lua));
          if (job === undefined) return null;
          const tried = await runOn(executor, jobFor(job, run, config, children), run, config.cwd);
          outcomes.push(tried.outcome);
          return tried.fate;
        });
        const inputs = settledInputs(outcomes, began).filter((input) => input.path !== mutated);
        return { fate: fate ?? { kind: "survived" }, inputs };
      } finally {
        restorable.restore();
      }
    },
    close: async () => {
      await executor.close();
      natives?.close();
      children.close();
    },
  };
}

async function firstFate(
  runs: readonly TestRun[],
  fateOn: (run: TestRun) => Promise<Fate | null>,
): Promise<Fate | null> {
  for (const run of runs) {
    const fate = await fateOn(run);
    if (fate !== null) return fate;
  }
  return null;
}

/** Embedded Luas need nothing that measures. */
function executorFor({ maxMemory, jobs }: Config, natives: NativeRun | null): Executor {
  const options = {
    timeout: 0,
    maxMemory,
    environment: process.env,
    workers: jobs,
    signal: undefined,
    debug: null,
  };
  return createExecutors(options, (lua, own) => {
    const version = wasmVersionOf(lua);
    if (version !== null)
      return createWasmChildExecutor(version, { ...own, environment: environmentOfWorker(process.env) });
    if (natives === null) throw new Error(`nobody has prepared for ${lua}`);
    return natives.createExecutor(lua, own);
  });
}

/** How much of its time a program must have computed that is known to have had a processor; of native Luas that is not known. */
const busy = 0.9;

async function runOn(
  executor: Executor,
  job: Job,
  run: TestRun,
  root: string,
): Promise<{ readonly outcome: Outcome; readonly fate: Fate | null }> {
  const used = startProcessorTime();
  const outcome = await runRecorded(executor, job);
  const isDoubtful = used() < busy * run.timeout;
  return { outcome, fate: fateOf(outcome, run, isDoubtful, root) };
}

function jobFor(job: Job, { names, timeout }: TestRun, config: Config, children: Children): Job {
  const chosen = names === null ? job : withTests(job, names);
  const { program, ...rest } = withInstructions(withSettings(chosen, { bail: 1 }), config.maxInstructions);
  return {
    ...rest,
    timeout,
    isRepeatable: true,
    tellsAccesses: true,
    program: { ...program, environment: { ...children.environmentOf(0), LUACOV_TS_ACCESSES: "1" } },
  };
}

/** A script is one test. */
function withTests(job: Job, names: readonly (readonly string[])[]): Job {
  switch (job.test?.style) {
    case "spec":
      return withSettings(job, { only: [...new Set(names.map((each) => each.join(" ")))] });
    case "luaunit": {
      const args = [...job.program.args, ...names.map((each) => each.join("."))];
      return { ...job, program: { ...job.program, args } };
    }
    default:
      return job;
  }
}

function keyOf(file: string, lua: string | null): string {
  return JSON.stringify([path.resolve(currentFolder(), file), lua]);
}
