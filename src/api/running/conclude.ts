import { type AnalysisAhead, analyseAhead } from "../../analysis/ahead.js";
import { analyse } from "../../analysis/analyse.js";
import { openAnalysisCache } from "../../analysis/cache.js";
import { withSourceNames } from "../../analysis/profileNames.js";
import type { NotLoaded } from "../../analysis/request.js";
import { listParts } from "../../byTest/build.js";
import { mergeCoverage } from "../../coverage/merge.js";
import { sourceOf, verdict } from "../../discover/verdict.js";
import { isFile } from "../../files/files.js";
import { luaNames } from "../../harness/plan/luaNames.js";
import type { Measured } from "../../harness/run/measure.js";
import { luaHints } from "../../hints/luaHints.js";
import { moduleHints } from "../../hints/moduleHints.js";
import { ownFolderHints } from "../../hints/ownFolder.js";
import { ownFrameworkHints } from "../../hints/ownFramework.js";
import { sharedNamesHints } from "../../hints/sharedNames.js";
import { HitsSum, noHits } from "../../hits/sum.js";
import type { NativeRun } from "../../luas/nativeRun.js";
import type { ByTest, BytecodeHits, Config, Notice, Outcome, Plan, RunResult, Verdict } from "../../types.js";

/** What else is there beside the programs. */
interface Beside {
  readonly native?: Pick<NativeRun, "coverageOf"> | null;
  readonly ahead?: AnalysisAhead | null;
}

/** Begins, while programs run, with what there is to conclude of files that they do not load. */
export function lookAhead(config: Config, plan: Plan): AnalysisAhead {
  const { cwd: root, linesOnly } = config;
  const cache = openAnalysisCache(root);
  return analyseAhead(notLoaded(config, plan.sources), { root, linesOnly, cache });
}

/** What a run found out; with the digests of the sources, as they were when they were analysed. */
export interface Conclusion {
  readonly result: Omit<RunResult, "kept">;
  readonly digests: Readonly<Record<string, string>>;
  /** Which test covers what; null where nobody asks for that. */
  readonly byTest: ByTest | null;
}

/** What a run found out, from what its programs have left. */
export async function conclude(
  config: Config,
  plan: Plan,
  { outcomes, hits }: Measured,
  end: Pick<RunResult, "interrupted" | "notRun" | "selected">,
  { native = null, ahead = null }: Beside = {},
): Promise<Conclusion> {
  const sources = end.selected > 0 || outcomes.length > 0 ? plan.sources : [];
  const { cwd: root, linesOnly, jobs } = config;
  const parts = config.byTest
    ? listParts(hits.tests ?? new Map(), (file) => sourceOf(plan.scope, file))
    : null;
  const cache = ahead?.cache ?? openAnalysisCache(root);
  const options = { root, linesOnly, jobs, cache, partsOf: parts?.of };
  const loaded = new Set(outcomes.flatMap((outcome) => outcome.loaded));
  const others = await native?.coverageOf(hits, loaded, options);
  // What probes have counted, nobody else has to look at, unless it is gone, which is to be told.
  const left = sources.filter((file) => !Object.hasOwn(others?.coverage ?? {}, file) || !isFile(file));
  const embedded = await analyse(bySource(hits.bytecode, plan), notLoaded(config, left), options, ahead);
  const maps = [embedded.coverage, ...(others === undefined ? [] : [others.coverage])];
  const result = {
    results: outcomes.flatMap((outcome) => outcome.results),
    profile: config.profile === null ? null : withSourceNames(hits.profile),
    coverage: maps.length === 1 ? embedded.coverage : mergeCoverage(maps),
    notices: [
      ...embedded.notices,
      ...(others?.notices ?? []),
      ...luaHints(outcomes),
      ...moduleHints(config, outcomes),
      ...ownFolderHints(config, outcomes),
      ...ownFrameworkHints(config, outcomes),
      ...sharedNamesHints(config, outcomes),
    ],
    verdicts: verdictsOf(plan, outcomes),
    ...end,
  };
  const counted = new Map([...(others?.counted ?? []), ...embedded.counted]);
  return {
    result,
    digests: { ...others?.digests, ...embedded.digests },
    byTest: parts?.build(counted) ?? null,
  };
}

function notLoaded(config: Config, sources: readonly string[]): NotLoaded {
  return { sources, inEmbedded: luaNames(config).includes(null) };
}

/** What ran of an installed copy counts for its source. */
function bySource(hits: BytecodeHits, { scope }: Plan): BytecodeHits {
  if ((scope.luacov?.modules ?? []).length === 0) return hits;
  const sum = new HitsSum();
  for (const [file, shapes] of Object.entries(hits)) {
    sum.add({ ...noHits, bytecode: { [sourceOf(scope, file)]: shapes } });
  }
  return sum.hits.bytecode;
}

/** Of each file that was looked at or loaded. */
function verdictsOf({ sources, scope }: Plan, outcomes: readonly Outcome[]): RunResult["verdicts"] {
  const noFile: Verdict = { measured: false, reason: "a chunk name that is no file" };
  const names = outcomes.flatMap(({ notFiles }) => notFiles).map((name) => [name, noFile] as const);
  const files = new Set([...sources, ...outcomes.flatMap(({ loaded }) => loaded)]);
  const judged = [...files].map((file) => [file, verdict(scope, file)] as const);
  return Object.fromEntries([...names, ...judged]);
}

/** Warnings that concern a whole run. */
export function warningsOf({ tempDir }: Config, messages: readonly string[]): Notice[] {
  return messages.map((message) => ({ level: "warning", file: tempDir, message }));
}
