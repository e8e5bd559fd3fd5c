import type { AnalysisAhead } from "../analysis/ahead.js";
import { checkSince } from "../change/change.js";
import { type Prepared, prepare } from "../harness/plan/busted.js";
import { planFor } from "../harness/plan/plan.js";
import { planNotices } from "../harness/plan/planNotices.js";
import { type Selection, select } from "../harness/plan/selection.js";
import { keepRecord } from "../harness/record/keepRecord.js";
import { readTestRecord } from "../harness/record/testRecord.js";
import { createAudience } from "../harness/run/audience.js";
import { createChildren } from "../harness/run/children.js";
import { createShown } from "../harness/run/results/originals.js";
import { checkFramework } from "../luas/frameworks.js";
import { findLuas, prepareLuas } from "../luas/luas.js";
import type { NativeRun } from "../luas/nativeRun.js";
import { checkOutputs } from "../report/outputs.js";
import { beginRun } from "../store/storedRun.js";
import type { Config, Outcome, Plan, RunResult } from "../types.js";
import { forDebugging } from "./debug/debugging.js";
import { lookAhead, warningsOf } from "./running/conclude.js";
import { leavingOf, runTests, startTests } from "./running/execute.js";
import { findingsOf } from "./running/findings.js";
import { keepConclusion, storingOf } from "./running/keep.js";
import type { OwnRequest, RunRequest } from "./running/request.js";
import { beginChangedRun, configFor } from "./running/selected.js";

/**
 * Runs test files and measures what they cover. The coverage map is also kept in `tempDir`.
 * Failing tests are data in the result. Throws NO_TESTS, UNKNOWN_REPORTER, NOT_WRITABLE and GIT.
 */
export async function run(given: Config, request: RunRequest): Promise<RunResult> {
  checkOutputs(given);
  if (given.projects.length > 0) return (await import("./projects.js")).runProjects(given, request);
  return (await runPrepared(await prepare(forDebugging(given), request.patterns), request)).result;
}

/** Runs the tests that were found, by the configuration that goes with them. */
export async function runPrepared(
  { config: given, tests, lines, notices }: Prepared,
  request: OwnRequest,
): ReturnType<typeof runSelection> {
  const config = configFor(given, request);
  const plan = planFor(config, tests);
  const { record, notices: doubts } = readTestRecord(config.testRecord);
  const selected = select(plan.tests, config, record, request.rerunFailed ?? false);
  const selection = { ...selected, lines };
  const { result, outcomes } = await runSelection(config, plan, selection, request);
  const before = [...planNotices(config, selection.tests), ...notices, ...doubts];
  return { result: { ...result, notices: [...before, ...result.notices] }, outcomes };
}

/**
 * Runs some test files of a plan. What outcomes of others that are `known` cover counts, too; where some may be known
 * later, outcomes keep their hits.
 */
export async function runSelection(
  config: Config,
  plan: Plan,
  asked: Selection,
  request: OwnRequest,
  known?: readonly Outcome[],
): Promise<{ readonly result: RunResult; readonly outcomes: readonly Outcome[] }> {
  checkSince(config);
  const audience = createAudience(request.onEvent ?? (() => {}));
  const shown = createShown(config);
  const luas = await findLuas(config);
  await checkFramework(config, luas);
  const begun = await beginChangedRun(config, asked, luas, request);
  const { selection } = begun;
  const tests = await startTests(config, plan, selection, luas, request, audience, begun);
  const children = createChildren(plan.scope, config, "project first");
  // What the last run has left is not emptied by a run of nothing.
  const isStored = config.coverage && (tests.files.length > 0 || !request.rerunFailed);
  const began = request.began ?? Date.now();
  const storing = storingOf(config);
  const stored = isStored ? beginRun(storing, began) : null;
  let native: NativeRun | null = null;
  let ahead: AnalysisAhead | null = null;
  try {
    native = await prepareLuas(config, plan, luas, tests.jobs.length);
    ahead = lookAhead(config, plan);
    const leaving = leavingOf(config, request, begun, known !== undefined);
    const options = { children, native, changed: begun, shown, ...leaving };
    const ran = await runTests(config, tests, request, audience, options);
    const { changed } = ran;
    const before = [...(known ?? []), ...changed.unchanged.outcomes];
    ahead.stop();
    const found = await findingsOf(config, plan, ran, { request, changed, before, native, ahead, shown });
    const { hasRun, result, whole } = found;
    const { shard } = selection;
    const doubts = await keepConclusion(storing, whole, {
      began,
      shard,
      stored: result.kept ? stored : null,
    });
    const written = hasRun ? keepRecord(config, found.ran, selection) : [];
    const recorded = changed.keep(found.ran, found.byTest);
    // What a reporter has thrown is told once nothing can be lost by it.
    await audience.settled();
    const notices = [
      ...[...selection.notices, ...changed.notices, ...result.notices, ...children.notices()],
      ...[...warningsOf(config, doubts), ...written, ...recorded, ...found.missing],
    ];
    return { result: { ...result, notices }, outcomes: found.outcomes };
  } finally {
    ahead?.stop();
    stored?.end();
    native?.close();
    children.close();
  }
}
