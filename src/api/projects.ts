/** Several sets of options in one run: the tests of each project run by its own options, and are reported as one. */

import path from "node:path";
import minimatch from "minimatch";
import { mergeCoverage } from "../coverage/merge.js";
import { usualFolders } from "../discover/tests.js";
import { inProject, noTestsInProjects, unknownProject } from "../errors/projects.js";
import { LuacovError } from "../errors.js";
import { isFile } from "../files/files.js";
import { type Prepared, prepare } from "../harness/plan/busted.js";
import { missingTests } from "../harness/plan/filters.js";
import { newSeed } from "../harness/plan/plan.js";
import { createRelay } from "../harness/run/relay.js";
import { hasFailed } from "../harness/run/results/totals.js";
import type { Config, Notice, RunResult, TestProject, TestsOfChange } from "../types.js";
import { runPrepared } from "./run.js";
import type { RunRequest } from "./running/request.js";

/** A project, and what of it is to run. */
export interface Part {
  readonly name: string;
  readonly prepared: Prepared;
}

/** What became of a part. */
export type PartRun = Awaited<ReturnType<typeof runPrepared>>;

type Ran = PartRun & Pick<Part, "name">;

/** Runs a part; `isLeftOut` where an early end has left it out, and null for what nothing is known of then. */
type RunPart<Own extends Part> = (
  part: Own,
  request: RunRequest,
  isLeftOut: boolean,
) => Promise<PartRun> | null;

/**
 * The projects of a configuration whose names match, by globs; one alone becomes the configuration, so that all works which is for one.
 * Throws USAGE where a pattern matches none.
 */
export function chooseProjects(config: Config, patterns: readonly string[]): Config {
  const { projects } = config;
  const names = projects.map(({ name }) => name);
  const matches = (pattern: string, name: string) =>
    name === pattern || new minimatch.Minimatch(pattern, { dot: true }).match(name);
  const unknown = patterns.find((pattern) => !names.some((name) => matches(pattern, name)));
  if (unknown !== undefined) throw unknownProject(unknown, names);
  const chosen = projects.filter(({ name }) => patterns.some((pattern) => matches(pattern, name)));
  const [only] = chosen;
  return only !== undefined && chosen.length === 1 ? configOf(only, config) : { ...config, projects: chosen };
}

/** The configuration of each project as a run has it; one without tests is left out of that. */
export function projectsIn(config: Config): readonly (TestProject & { readonly hasTests: boolean })[] {
  return config.projects.map((project) => {
    const own = configOf(project, config);
    return { name: project.name, config: own, hasTests: saysTests(own) };
  });
}

/** Runs the tests of all projects, one project after the other. Throws as `run` does. */
export async function runProjects(config: Config, request: RunRequest): Promise<RunResult> {
  const parts = await prepareParts(config, request.patterns ?? []);
  return runParts(config, parts, request, ({ prepared }, own, isLeftOut) =>
    isLeftOut ? null : runPrepared(prepared, own),
  );
}

/** Runs parts one after the other, and tells of them as of one run. */
export async function runParts<Own extends Part>(
  config: Config,
  parts: readonly Own[],
  request: RunRequest,
  run: RunPart<Own>,
): Promise<RunResult> {
  const relay = createRelay(
    request.onEvent ?? (() => {}),
    parts.map(({ prepared }) => prepared),
  );
  await relay.begin();
  const began = request.began ?? Date.now();
  const ran: Ran[] = [];
  const left: string[] = [];
  for (const part of parts) {
    const isLeftOut = isOver(config, ran);
    const own = { ...request, began, isPart: true, onEvent: relay.of(part.name) };
    const known = await run(part, own, isLeftOut);
    if (known !== null) ran.push({ name: part.name, ...known });
    if (isLeftOut) left.push(...part.prepared.tests);
  }
  const missing = missingTests(
    config,
    ran.flatMap(({ outcomes }) => outcomes),
    request,
  );
  const result = joined(ran, left.length, missing);
  await relay.end(result);
  return result;
}

/** What each project runs; one that has nothing to run among what is asked for is left out. Throws as `run` does. */
export async function prepareParts(config: Config, patterns: readonly string[]): Promise<readonly Part[]> {
  const seed = config.seed ?? newSeed();
  const parts: Part[] = [];
  for (const project of config.projects) {
    const prepared = await preparePart({ ...configOf(project, config), seed }, patterns).catch((error) => {
      throw error instanceof LuacovError ? inProject(project.name, error) : error;
    });
    if (prepared !== null) parts.push({ name: project.name, prepared });
  }
  if (parts.length === 0)
    throw noTestsInProjects(
      patterns,
      config.projects.map(({ name }) => name),
    );
  return parts;
}

/** Null for a project that has none of these tests. */
export async function preparePart(config: Config, patterns: readonly string[]): Promise<Prepared | null> {
  // What is usual is seen from the current folder, where it is another project's.
  if (!saysTests(config)) return null;
  const own = await prepare(config, undefined).catch((error: unknown) => noneFound(error, config));
  if (own === null || patterns.length === 0) return own;
  const asked = await prepare(config, patterns);
  const tests = asked.tests.filter((file) => own.tests.includes(file));
  return tests.length === 0 ? null : { ...asked, tests };
}

/** A pattern that is mistyped must not pass for a project without tests. */
function noneFound(error: unknown, { given }: Config): null {
  if (error instanceof LuacovError && error.code === "NO_TESTS" && !given.includes("tests")) return null;
  throw error;
}

/** A project's own options in a run with those of the root for all that is one for the whole run. */
export function configOf({ name, config: own }: TestProject, whole: Config): Config {
  const { testReporter, jobs, bail, profile, debug, trace, byTest, passWithNoTests } = whole;
  const { reporter, reportDir, open, baseCoverage, stats, tempDir, clean, watermarks, skipFull, skipEmpty } =
    whole;
  const { checkCoverage, thresholds, globThresholds, perFile, changeThresholds, autoUpdate, thresholdsFrom } =
    whole;
  const record = path.basename(whole.testRecord, ".json");
  return {
    ...own,
    projects: [],
    partOf: whole.cwd,
    ...{ testReporter, jobs, bail, profile, debug, trace, byTest, passWithNoTests },
    ...{ reporter, reportDir, open, baseCoverage, stats, tempDir, clean, watermarks, skipFull, skipEmpty },
    ...{ checkCoverage, thresholds, globThresholds, perFile, changeThresholds, autoUpdate, thresholdsFrom },
    since: whole.since,
    sourceMap: whole.sourceMap,
    tests: testsOf(own),
    testRecord: path.join(path.dirname(whole.testRecord), `${record}-${encodeURIComponent(name)}.json`),
  };
}

/** Where nothing says which are its tests, they are in the usual folders of the project, wherever the run begins. */
function testsOf(own: Config): readonly string[] {
  return saysTests(own) ? own.tests : usualFolders(own.cwd);
}

function saysTests({ tests, cwd, configFile }: Config): boolean {
  return tests.length > 0 || configFile !== null || isFile(path.join(cwd, ".busted"));
}

/** Whether nothing more is to run. */
function isOver({ bail }: Config, ran: readonly Ran[]): boolean {
  const failed = ran.flatMap(({ result }) => result.results).filter(hasFailed).length;
  return ran.some(({ result }) => result.interrupted) || (bail > 0 && failed >= bail);
}

function joined(ran: readonly Ran[], left: number, missing: readonly Notice[]): RunResult {
  const results = ran.map(({ result }) => result);
  const sum = (count: (result: RunResult) => number) => results.reduce((all, each) => all + count(each), 0);
  return {
    results: ran.flatMap(({ name, result }) => result.results.map((each) => ({ ...each, project: name }))),
    coverage: mergeCoverage(results.map(({ coverage }) => coverage)),
    profile: null,
    notices: [...ran.flatMap(noticesOf), ...missing],
    verdicts: Object.assign({}, ...results.map(({ verdicts }) => verdicts)),
    interrupted: results.some(({ interrupted }) => interrupted),
    kept: results.some(({ kept }) => kept),
    selected: sum(({ selected }) => selected) + left,
    notRun: sum(({ notRun }) => notRun) + left,
    ...changeOf(results),
  };
}

function changeOf(results: readonly RunResult[]): Pick<RunResult, "change"> {
  const changes = results.flatMap(({ change }) => change ?? []);
  return changes.length === 0 ? {} : { change: joinChanges(changes) };
}

export function joinChanges(changes: readonly TestsOfChange[]): TestsOfChange {
  return {
    files: changes.flatMap(({ files }) => files),
    unchanged: changes.flatMap(({ unchanged }) => unchanged),
  };
}

function noticesOf({ name, result }: Ran): readonly Notice[] {
  return result.notices.map((notice) => ({ ...notice, message: `${name}: ${notice.message}` }));
}
