import path from "node:path";
import { LuacovError } from "../errors.js";
import { readContent } from "../files/files.js";
import { type Prepared, prepare } from "../harness/plan/busted.js";
import { luaunitTestsIn } from "../harness/plan/lines/luaunitTests.js";
import { specNamesIn } from "../harness/plan/lines/specNames.js";
import { makeJobs, planFor } from "../harness/plan/plan.js";
import { select } from "../harness/plan/selection.js";
import { unrunnable, unrunnableText } from "../harness/plan/unrunnable.js";
import { readTestRecord } from "../harness/record/testRecord.js";
import { withSettings } from "../harness/run/attempts.js";
import { createChildren } from "../harness/run/children.js";
import { measure } from "../harness/run/measure.js";
import { fullName } from "../harness/run/results/totals.js";
import { loadConfig } from "../loadConfig.js";
import { checkFramework } from "../luas/frameworks.js";
import { findLuas, prepareLuas } from "../luas/luas.js";
import type { Config, Job, Notice, Outcome, TestsOfChange } from "../types.js";
import type { RunRequest } from "./running/request.js";
import { beginChangedRun, configFor } from "./running/selected.js";

/** A test that would run. */
export interface ListedTest {
  /** The test file, as a person in the current folder would name it. */
  readonly file: string;
  /** Where it is written, counted from 1; null for a script, which is one as a whole, and where nobody can tell. */
  readonly line: number | null;
  /** The full name; that of the file for a script. */
  readonly name: string;
  /** Of which project, where several are listed. */
  readonly project?: string;
}

export interface Listing {
  readonly tests: readonly ListedTest[];
  /** What went wrong where test files are read. */
  readonly notices: readonly Notice[];
  /** Which test files would run, and why, where only those are asked for that a change touches; else null. */
  readonly change: TestsOfChange | null;
}

/**
 * The tests that a run would run, by file. Of specs, blocks are executed as in a run, since what they register is known by that
 * alone, and no test, hook or setup; of LuaUnit's, these are the functions that the text has under names of tests; a script is one
 * test. Those of several projects come one project after the other. Throws as `run` does.
 */
export async function listTests(config: Config, request: RunRequest): Promise<Listing> {
  if (config.projects.length > 0) return listProjects(config, request);
  return listPrepared(await prepare(config, request.patterns), request);
}

async function listProjects(whole: Config, request: RunRequest): Promise<Listing> {
  const { joinChanges, prepareParts } = await import("./projects.js");
  const parts = await prepareParts(whole, request.patterns ?? []);
  const [tests, notices]: [ListedTest[], Notice[]] = [[], []];
  const changes: TestsOfChange[] = [];
  for (const { name, prepared } of parts) {
    const listing = await listPrepared(prepared, request);
    tests.push(...listing.tests.map((test) => ({ ...test, project: name })));
    notices.push(...listing.notices.map((notice) => ({ ...notice, message: `${name}: ${notice.message}` })));
    if (listing.change !== null) changes.push(listing.change);
  }
  return { tests, notices, change: changes.length === 0 ? null : joinChanges(changes) };
}

async function listPrepared(
  { config: given, tests, lines }: Prepared,
  request: RunRequest,
): Promise<Listing> {
  const config = quiet(given);
  const plan = planFor(config, tests);
  const { record } = readTestRecord(config.testRecord);
  const luas = await findLuas(config);
  await checkFramework(config, luas);
  const all = { ...select(plan.tests, config, record, request.rerunFailed ?? false), lines };
  // What a change touches depends on the options of a run.
  const { selection, change } = await beginChangedRun(configFor(given, request), all, luas, request);
  const jobs = makeJobs(
    { ...plan, tests: selection.tests },
    config,
    request.args ?? [],
    0,
    selection,
    luas.slice(0, 1),
  );
  const specs = jobs
    .filter(({ test }) => test?.style === "spec")
    .map((job) => withSettings(job, { list: true }));
  const outcomes = specs.length === 0 ? [] : await listSpecs(specs, config, request);
  return {
    tests: jobs.flatMap((job) => testsOf(job, lines, outcomes)),
    notices: [...jobs.flatMap(problemOfScript), ...outcomes.flatMap(problemsOf)],
    change,
  };
}

/** The full names of specs, by the texts of the test files that a run finds; none where there is none. For who completes a name. */
export async function knownSpecs(): Promise<string[]> {
  try {
    const { tests } = await prepare(await loadConfig(), undefined);
    return [...new Set(tests.flatMap((file) => specNamesIn(readContent(file))))];
  } catch (error) {
    if (error instanceof LuacovError) return [];
    throw error;
  }
}

/** Nothing is measured, nor shown, and once is enough. */
function quiet(config: Config): Config {
  return { ...config, coverage: false, profile: null, repeat: 1, retry: 0, bail: 0, shuffleFiles: false };
}

async function listSpecs(
  jobs: readonly Job[],
  config: Config,
  request: RunRequest,
): Promise<readonly Outcome[]> {
  const plan = planFor(config, []);
  const children = createChildren(plan.scope, config, "project first");
  const luas = await findLuas(config);
  const native = await prepareLuas(config, plan, luas.slice(0, 1), jobs.length);
  try {
    const { outcomes } = await measure(jobs, config, {
      signal: request.signal,
      onPrograms: request.onPrograms,
      tell: () => {},
      natives: native?.createExecutor ?? null,
      children,
    });
    return outcomes;
  } finally {
    native?.close();
    children.close();
  }
}

function testsOf(
  job: Job,
  lines: ReadonlyMap<string, readonly number[]>,
  outcomes: readonly Outcome[],
): ListedTest[] {
  const { file } = job.program;
  switch (job.test?.style) {
    case "spec":
      return outcomes.filter((outcome) => outcome.file === file).flatMap(listedIn);
    case "luaunit": {
      const asked = [...lines].find(([each]) => each === path.resolve(file))?.[1];
      const tests = luaunitTestsIn(readContent(file)).filter(
        ({ first, last }) => asked === undefined || asked.some((line) => first <= line && line <= last),
      );
      return tests.map(({ name, first }) => ({ file, line: first, name }));
    }
    default:
      return unrunnable(path.resolve(file)) === null ? [{ file, line: null, name: file }] : [];
  }
}

function listedIn({ file, results }: Outcome): ListedTest[] {
  return results
    .filter(({ status }) => status === "pending")
    .map((result) => ({
      file,
      line: result.place?.file === file ? result.place.line : null,
      name: fullName(result),
    }));
}

/** Nobody knows which tests are in a file that no Lua reads. */
function problemOfScript({ program, test }: Job): Notice[] {
  const file = path.resolve(program.file);
  const problem = test?.style === "script" ? unrunnable(file) : null;
  if (problem === null) return [];
  return [{ level: "problem", file, message: `${program.file} ${unrunnableText(problem)}` }];
}

/** What kept a file from telling its tests. */
function problemsOf({ file, results }: Outcome): Notice[] {
  return results
    .filter(({ status }) => status === "error" || status === "failure")
    .map(({ message }) => ({
      level: "problem",
      file: path.resolve(file),
      message: `${file}: ${message.split("\n")[0]}`,
    }));
}
