import type { AnalysisAhead } from "../../analysis/ahead.js";
import { missingTests } from "../../harness/plan/filters.js";
import type { Measured } from "../../harness/run/measure.js";
import type { Shown } from "../../harness/run/results/originals.js";
import { HitsSum } from "../../hits/sum.js";
import type { NativeRun } from "../../luas/nativeRun.js";
import type { Config, Notice, Outcome, Plan } from "../../types.js";
import { conclude } from "./conclude.js";
import type { EndedTests } from "./execute.js";
import type { OwnRequest } from "./request.js";
import type { ChangedRun } from "./selected.js";

export interface FindingsOptions {
  readonly request: OwnRequest;
  readonly changed: ChangedRun;
  /** What is known of tests that did not run. */
  readonly before: readonly Outcome[];
  readonly native: NativeRun | null;
  readonly ahead: AnalysisAhead;
  readonly shown: Shown;
}

/** What a run has found out, with what was known before. */
export async function findingsOf(
  config: Config,
  plan: Plan,
  { measured, end }: EndedTests,
  { request, changed, before, native, ahead, shown }: FindingsOptions,
) {
  const ran = measured.outcomes;
  const hits = withKnown(measured, before);
  const conclusion = await conclude(config, plan, hits, end, { native, ahead });
  const whole = changed.whole(conclusion);
  const outcomes = [...changed.unchanged.outcomes, ...ran];
  const missing = missingIn(config, outcomes, request);
  const hasTests = missing.every(({ level }) => level !== "problem");
  const hasRun = hasTests && (ran.length > 0 || before.length > 0 || end.selected === 0);
  const results = outcomes.flatMap((outcome) =>
    outcome.results.map((result) => shown(result, outcome.loaded)),
  );
  const result = { ...whole.result, results, kept: config.coverage && hasRun };
  return { ran, byTest: conclusion.byTest, outcomes, whole, missing, hasRun, result };
}

function missingIn(config: Config, outcomes: readonly Outcome[], request: OwnRequest): readonly Notice[] {
  return request.isPart ? [] : missingTests(config, outcomes, request);
}

function withKnown({ outcomes, hits }: Measured, known: readonly Outcome[]): Measured {
  const sum = new HitsSum();
  for (const each of [...known.map((outcome) => outcome.hits), hits]) sum.add(each);
  return { outcomes: [...known, ...outcomes], hits: sum.hits };
}
