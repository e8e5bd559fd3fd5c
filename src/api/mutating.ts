/** Changes sources, one place at a time, and says which changes the tests notice. */

import path from "node:path";
import { wasmVersionOf } from "../engine/wasm/package/versions.js";
import { notByTest } from "../errors/byTest.js";
import { failedBefore, noTestsForMutants, unconfined } from "../errors/mutation.js";
import { currentFolder } from "../files/files.js";
import { luaNames } from "../harness/plan/luaNames.js";
import { digestsIn, fateKeys, openFates } from "../mutation/fates.js";
import { chosenSources } from "../mutation/plan/chosen.js";
import {
  fateOfPlanned,
  isTried,
  orderFor,
  type PlannedMutant,
  type PlannedSource,
  plannedSource,
  resultOf,
} from "../mutation/plan/planned.js";
import { type ReadSource, readSource } from "../mutation/plan/readSources.js";
import { type MutationSuite, mutationSuite } from "../mutation/plan/testsOf.js";
import type { Fate, FirstRun } from "../mutation/run/messages.js";
import { runMutants } from "../mutation/run/runMutants.js";
import { configIn, startMutantWorker } from "../mutation/run/worker.js";
import { type Copy, openWorkshop, type Workshop } from "../mutation/run/workshop.js";
import { checkFolder } from "../report/outputs.js";
import type { Config, Mutant, MutationProgress, MutationResult, Notice } from "../types.js";

export interface MutationRequest {
  /** Sources: files, folders and globs, with a line or lines behind them or not; by default all that are measured. */
  readonly sources?: readonly string[];
  /** Whether mutants run again whose fate an earlier run has found out. */
  readonly force?: boolean;
  /** Ends the run early; what was found out by then is in the result, and the next run goes on from there. */
  readonly signal?: AbortSignal;
  /** Hears when programs begin to run, and when the last has ended. */
  readonly onPrograms?: (running: boolean) => void;
  readonly onProgress?: (progress: MutationProgress) => void;
}

/** A mutant that would run, of a source by its name from the project root on. */
export interface ListedMutant {
  readonly source: string;
  readonly mutant: Mutant;
  /** Why it would not; null where it would. */
  readonly ignored: string | null;
}

/** The mutants that a run would try, without running anything. Throws as `mutate` does for operands and what changed. */
export async function listMutants(
  config: Config,
  { sources = [] }: Pick<MutationRequest, "sources">,
): Promise<{ readonly mutants: readonly ListedMutant[]; readonly notices: readonly Notice[] }> {
  const chosen = await chosenSources(config, sources);
  const read = chosen.map((each) => readSource(each, config, config.cwd));
  return {
    mutants: read.flatMap(({ name, mutants, reasonFor }) =>
      mutants.map((mutant) => ({ source: name, mutant, ignored: reasonFor(mutant) })),
    ),
    notices: read.flatMap(({ notices }) => notices),
  };
}

/**
 * Runs each mutant of some sources against the tests that cover its place, in copies of the project. Throws USAGE for what names no
 * source, NO_TESTS where tests fail without a mutant, CONFIG for what tells no test from another or a Lua that nothing confines,
 * GIT and NOT_WRITABLE.
 */
export async function mutate(given: Config, request: MutationRequest): Promise<MutationResult> {
  const config = settled(given);
  refuseUnfit(config);
  if (config.mutationReporter.some((name) => name !== "text")) checkFolder("report-dir", config.reportDir);
  const chosen = await chosenSources(config, request.sources ?? []);
  const workshop = openWorkshop(config);
  request.onPrograms?.(true);
  try {
    const read = chosen.map((each) => readSource(each, config, workshop.original));
    request.onProgress?.({ kind: "first run" });
    const first = await runFirst(config, workshop, request.signal);
    if (first === null) return stopped(read);
    return await tryAll(config, read, first, workshop, request);
  } finally {
    request.onPrograms?.(false);
    workshop.close();
  }
}

/** What of a configuration would make a test end now so, now otherwise; and embedded Luas write nothing outside of a copy, unless somebody lets them. */
function settled(config: Config): Config {
  return {
    ...config,
    ...{
      coverage: true,
      byTest: true,
      linesOnly: false,
      all: true,
      clean: true,
      sandbox: isConfined(config),
    },
    ...{ repeat: 1, retry: 0, bail: 0, shuffleFiles: false, shuffleTests: false, seed: 0, shard: null },
    ...{
      profile: null,
      trace: null,
      checkCoverage: false,
      passWithNoTests: false,
      stats: [],
      baseCoverage: null,
    },
  };
}

function isConfined({ sandbox, given }: Config): boolean {
  return sandbox || !given.includes("sandbox");
}

function refuseUnfit(config: Config): void {
  const { framework, collector, sandbox } = config;
  if (framework === "busted") throw notByTest("framework busted", "busted does not tell where a test begins");
  if (collector === "hook") throw notByTest("collector hook", "the hook counts lines for a whole run");
  const native = luaNames(config).find((name) => name !== null && wasmVersionOf(name) === null);
  if (sandbox && native !== undefined && native !== null) throw unconfined(native);
}

interface Tested {
  readonly run: FirstRun;
  /** That it ran in. */
  readonly copy: Copy;
}

/** All tests without a mutant; null where it was stopped. */
async function runFirst(
  config: Config,
  workshop: Workshop,
  signal: AbortSignal | undefined,
): Promise<Tested | null> {
  const worker = startMutantWorker(workshop, config.cwd, signal);
  try {
    const { root } = worker.copy;
    const answer = await worker.ask({
      kind: "first run",
      config: { ...configIn(worker.copy, config), since: null },
    });
    if (signal?.aborted) return null;
    if (answer?.kind !== "first run")
      throw noTestsForMutants("the process that runs the tests has ended before them");
    const failures = answer.failures.map(({ test, message }) => ({
      test,
      message: message.replaceAll(`${root}${path.sep}`, ""),
    }));
    if (failures.length > 0) throw failedBefore(failures, config.sandbox);
    const [problem] = answer.problems;
    if (problem !== undefined) throw noTestsForMutants(problem.replaceAll(root, config.cwd));
    return { run: answer, copy: worker.copy };
  } finally {
    await worker.close();
  }
}

async function tryAll(
  config: Config,
  read: readonly ReadSource[],
  { run, copy }: Tested,
  workshop: Workshop,
  request: MutationRequest,
): Promise<MutationResult> {
  const suite = mutationSuite(run.byTest, run.files, (file) => nameFrom(config.cwd, file));
  const planned = read.map((each) => plannedSource(each, run.byTest, path.join(copy.root, each.name), suite));
  const keyOf = fateKeys(config, run.files, copy);
  const tried = planned.flatMap((source) =>
    source.mutants
      .filter(isTried)
      .map((mutant) => ({ source, mutant, key: keyOf(fateOfPlanned(source, mutant)) })),
  );
  const kept = openFates(config.cwd, workshop, request.force ?? false);
  const digestsOf = digestsIn(run.files, copy, workshop.original);
  const fates = new Map<PlannedMutant, Fate>();
  for (const { mutant, key } of tried) {
    const known = kept.find(key);
    if (known !== null) fates.set(mutant, known);
  }
  const known = fates.size;
  const waiting = tried.filter(({ mutant }) => !fates.has(mutant));
  request.onProgress?.({ kind: "mutants", known, waiting: waiting.length });
  await runMutants(
    waiting.map(({ source, mutant }) => orderFor(source, mutant)),
    {
      workshop,
      config: { ...config, since: null },
      signal: request.signal,
      onEnd: (index, end) => {
        const one = waiting[index];
        if (one === undefined) return;
        fates.set(one.mutant, end.fate);
        kept.keep(one.key, end, digestsOf(one.mutant.covering.runs));
        request.onProgress?.({ kind: "fate", fate: end.fate.kind });
      },
    },
  );
  return resultOfAll(planned, fates, suite, {
    known,
    tried: tried.length,
    isAborted: request.signal?.aborted ?? false,
  });
}

function resultOfAll(
  planned: readonly PlannedSource[],
  fates: ReadonlyMap<PlannedMutant, Fate>,
  suite: MutationSuite,
  {
    known,
    tried,
    isAborted,
  }: { readonly known: number; readonly tried: number; readonly isAborted: boolean },
): MutationResult {
  return {
    sources: planned.map((each) => resultOf(each, fates, suite)).filter(({ mutants }) => mutants.length > 0),
    tests: suite.tests,
    ran: fates.size - known,
    known,
    interrupted: isAborted,
    left: tried - fates.size,
    notices: planned.flatMap(({ read }) => read.notices),
  };
}

function stopped(read: readonly ReadSource[]): MutationResult {
  const left = read.reduce((sum, { mutants }) => sum + mutants.length, 0);
  return { sources: [], tests: [], ran: 0, known: 0, interrupted: true, left, notices: [] };
}

/** Of a test file as the current folder has it. */
function nameFrom(root: string, file: string): string {
  return path.relative(root, path.resolve(currentFolder(), file)).split(path.sep).join("/");
}
