import { sourcesAsked, sourcesFor } from "../byTest/asked.js";
import { type Suite, suiteOf } from "../byTest/query.js";
import { type Share, type SourceShare, sharesOf } from "../byTest/shares.js";
import { indexSources, type SourceIndex } from "../byTest/sites.js";
import { type Varying, varyingOf } from "../byTest/varying.js";
import { type Answer, answerTo, askedBy } from "../byTest/who.js";
import { remapByTest } from "../remap/byTest.js";
import { findByTest, readByTest } from "../store/byTestFile.js";
import { digestOf } from "../store/origin.js";
import type { Config } from "../types.js";

/** What somebody has asked about a run with `byTest`, and of which sources the text has changed since. */
export interface Asking {
  readonly suite: Suite;
  readonly changed: readonly SourceIndex[];
}

/** Which tests run lines (`FILE:LINE`), functions (`FILE:NAME`, `NAME`) or sources. Throws NO_COVERAGE and BAD_COVERAGE_FILE. */
export function whoRuns(
  config: Config,
  operands: readonly string[],
): Asking & { readonly answers: readonly Answer[] } {
  const byTest = remapByTest(config, readByTest(config));
  const sources = indexSources(byTest);
  const suite = suiteOf(byTest);
  const asked = operands.flatMap((operand) => askedBy(operand, config, sources));
  return {
    suite,
    changed: changedOf(asked.map(({ source }) => source)),
    answers: asked.map((each) => answerTo(each, suite)),
  };
}

/** What each test covers of sources, by default of all, and what it alone does. Throws NO_COVERAGE and BAD_COVERAGE_FILE. */
export function sharesOfTests(
  config: Config,
  operands: readonly string[],
): Asking & {
  readonly shares: readonly Share[];
  readonly bySource: readonly SourceShare[];
  readonly varying: readonly Varying[];
} {
  const byTest = remapByTest(config, readByTest(config));
  const all = indexSources(byTest);
  const suite = suiteOf(byTest);
  const asked = operands.flatMap((each) => sourcesAsked(each, config, all));
  const sources = operands.length === 0 ? [...all.values()] : [...new Set(asked)];
  return {
    suite,
    changed: changedOf(sources),
    ...sharesOf(sources, suite),
    varying: varyingOf(sources, suite),
  };
}

/** Whether all of these are sources of which it is known what tests cover. */
export function areKnownSources(config: Config, operands: readonly string[]): boolean {
  const byTest = findByTest(config.tempDir, config.cwd);
  if (byTest === null) return false;
  const sources = indexSources(remapByTest(config, byTest));
  return operands.every((operand) => sourcesFor(operand, config, sources).length > 0);
}

function changedOf(sources: readonly SourceIndex[]): SourceIndex[] {
  return [...new Set(sources)].filter(({ path: file, digests }) => {
    const now = digestOf(file);
    return digests.length > 1 || (now !== null && !digests.includes(now));
  });
}
