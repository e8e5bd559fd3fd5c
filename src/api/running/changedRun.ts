/** A run of what a change touches: which test files these are, and what is known of the others. */

import path from "node:path";
import { conditionsOf } from "../../affected/record/conditions.js";
import { recordedFiles, shownPath } from "../../affected/record/keep.js";
import type { ChangeRecord, Conditions } from "../../affected/record/record.js";
import { readChangeRecord } from "../../affected/record/recordFile.js";
import { changeRecordFile, updateChangeRecord } from "../../affected/record/store.js";
import { type Affected, type AffectedFile, findAffected, type Question } from "../../affected/select.js";
import { changesSince } from "../../affected/sinceRef.js";
import { joinedAffected, touchedBy } from "../../affected/touched.js";
import { joined, type Unchanged, unchangedOf } from "../../affected/unchanged.js";
import { analyse } from "../../analysis/analyse.js";
import { sitesOf } from "../../byTest/build.js";
import { packedIn } from "../../coverage/packed/packedMap.js";
import { reasonOf } from "../../errors.js";
import { readContent } from "../../files/files.js";
import { luaNames } from "../../harness/plan/luaNames.js";
import type { Selection } from "../../harness/plan/selection.js";
import type { FoundLua } from "../../luas/luas.js";
import type { ByTest, Config, Notice, Outcome, SourceSites, TestsOfChange } from "../../types.js";
import { counted, verb } from "../../words.js";
import type { Conclusion } from "./conclude.js";
import type { ChangedRequest, ChangedRun } from "./selected.js";

/** Finds out what is to run of a selection. Throws GIT. */
export async function findChanged(
  config: Config,
  selection: Selection,
  luas: readonly (FoundLua | null)[],
  { changed, args = [], among }: ChangedRequest,
): Promise<ChangedRun> {
  const began = Date.now();
  const { cwd: root } = config;
  const difference = typeof changed === "string" ? changesSince(root, changed) : null;
  const conditions = conditionsNow(config, args, luas);
  const { record, notices } = readRecord(changeRecordFile(config.testRecord), config);
  const question = {
    record: record ?? { conditions, files: [], sources: [] },
    conditions,
    root,
    since: difference,
    sitesNow: (files: readonly string[]) => sitesNow(config, files),
  };
  const isAsked = (test: string) => selection.lines.has(test) && (among?.includes(test) ?? true);
  const affected = await findAffected({
    ...question,
    tests: selection.tests.filter((test) => !isAsked(test)),
    among: among === undefined ? null : new Set(among),
  });
  const asked = selection.tests.filter(isAsked);
  const begun = { config, selection, luas, question, isKnown: record !== null, asked, began, notices };
  return changedRunOf(begun, affected);
}

/** What a run begins with, and what it asked for. */
interface Begun {
  readonly config: Config;
  readonly selection: Selection;
  readonly luas: readonly (FoundLua | null)[];
  readonly question: Omit<Question, "tests" | "among">;
  /** Whether there is a record of earlier runs. */
  readonly isKnown: boolean;
  /** Test files that are asked for by a line. */
  readonly asked: readonly string[];
  readonly began: number;
  readonly notices: readonly Notice[];
}

function changedRunOf(begun: Begun, known: Affected): ChangedRun {
  const { config, selection, question, isKnown, asked, notices } = begun;
  const named = asked.map((test): AffectedFile => ({ file: test, reasons: ["it is asked for by its line"] }));
  const files = [...known.files, ...named];
  const running = new Set(files.map((each) => each.file));
  const unchanged = unchangedOf(question.record, known);
  const change = {
    files: files.map((each) => ({ ...each, file: shownName(each.file) })),
    unchanged: unchanged.files,
  };
  return {
    selection: { ...selection, tests: selection.tests.filter((test) => running.has(test)) },
    unchanged,
    change,
    whole: (conclusion) => withUnchanged(conclusion, change, unchanged),
    again: (outcomes) => runAgain(begun, known, outcomes),
    notices: [...notices, ...byFileNotice(config), ...toldOf(files, selection.tests.length, config, isKnown)],
    keep: (outcomes, byTest) => keep(begun, outcomes, byTest),
  };
}

/** What else runs, since what ran has changed what it depends on. */
async function runAgain(
  begun: Begun,
  known: Affected,
  outcomes: readonly Outcome[],
): ReturnType<ChangedRun["again"]> {
  const touched = touchedBy(outcomes, known.unchanged);
  if (touched.length === 0) return null;
  const more = await findAffected({ ...begun.question, tests: touched, among: null });
  if (more.files.length === 0) return null;
  return {
    changed: changedRunOf(begun, joinedAffected(known, more)),
    tests: more.files.map(({ file }) => file),
  };
}

/** A conclusion about all test files, those left out included. */
function withUnchanged(
  { result, digests, byTest }: Conclusion,
  change: TestsOfChange,
  unchanged: Unchanged,
): Conclusion {
  const whole = joined({ coverage: result.coverage, byTest }, unchanged);
  return {
    result: { ...result, coverage: whole.coverage, change },
    digests: { ...unchanged.digests, ...digests },
    byTest: whole.byTest,
  };
}

function jitsAmong(luas: readonly (FoundLua | null)[]): ReadonlySet<string | null> {
  return new Set(luas.flatMap((lua) => (lua?.version === "LuaJIT" ? [lua.name] : [])));
}

/** A random order is another one each time. */
function conditionsNow(
  config: Config,
  args: readonly string[],
  luas: readonly (FoundLua | null)[],
): Conditions {
  const conditions = conditionsOf(config, args, luas);
  return config.shuffleTests && config.seed === null
    ? { ...conditions, "the order of tests": String(Date.now() + Math.random()) }
    : conditions;
}

function readRecord(
  file: string,
  { cwd }: Config,
): { readonly record: ChangeRecord | null; readonly notices: readonly Notice[] } {
  try {
    return { record: readChangeRecord(file, cwd), notices: [] };
  } catch (error) {
    const message = `What is known of earlier runs with --changed, in ${file}, cannot be used, so all test files run: ${reasonOf(error)}`;
    return { record: null, notices: [{ level: "warning", file, message }] };
  }
}

function keep(
  { config, luas, question, asked, began }: Begun,
  outcomes: readonly Outcome[],
  byTest: ByTest | null,
): readonly Notice[] {
  if (outcomes.length === 0) return [];
  const { cwd: root, sandbox, testRecord } = config;
  const file = changeRecordFile(testRecord);
  const run = { outcomes, byTest, began, partial: new Set(asked), root, jits: jitsAmong(luas) };
  try {
    updateChangeRecord(file, root, sandbox ? root : null, {
      conditions: question.conditions,
      ...recordedFiles(run),
    });
    return [];
  } catch (error) {
    const message = `What the next run with --changed wants to know cannot be kept in ${file}: ${reasonOf(error)}`;
    return [{ level: "warning", file, message }];
  }
}

/** The places of sources, as they are counted in files that nobody has loaded. */
async function sitesNow(config: Config, files: readonly string[]): Promise<ReadonlyMap<string, SourceSites>> {
  const { cwd: root, linesOnly, jobs } = config;
  const readable = files.filter(isReadable);
  const inEmbedded = luaNames(config).includes(null);
  const { coverage } = await analyse({}, { sources: readable, inEmbedded }, { root, linesOnly, jobs });
  const packed = readable.map((file) => [file, packedIn(coverage, file)] as const);
  return new Map(packed.flatMap(([file, each]) => (each === null ? [] : [[file, sitesOf(each)] as const])));
}

function isReadable(file: string): boolean {
  try {
    readContent(file);
    return true;
  } catch {
    return false;
  }
}

function byFileNotice(config: Config): Notice[] {
  if (!config.coverage || config.collector !== "hook") return [];
  const message =
    "--changed goes by files with --collector hook, which does not tell test by test what runs: tests run where a file that they load has changed";
  return [{ level: "information", file: config.cwd, message }];
}

/** So many files are told with their reasons. */
const mostTold = 8;

function toldOf(files: readonly AffectedFile[], all: number, { cwd }: Config, isKnown: boolean): Notice[] {
  const information = (message: string): Notice => ({ level: "information", file: cwd, message });
  if (!isKnown)
    return [information("Nothing is known of earlier runs with --changed, so all test files run")];
  const others = all === files.length ? "" : "; results and coverage of the others are those of earlier runs";
  const summary = `Changed: ${files.length} of ${counted(all, "test file")} ${verb(files.length, "runs", "run")}${others}`;
  const told = files.slice(0, mostTold).map(reasonText(cwd));
  const more = files.length - told.length;
  return [summary, ...told, ...(more > 0 ? [`and ${more} more, which --list --changed shows`] : [])].map(
    information,
  );
}

/** A file with why it runs. */
export function reasonText(root: string): (file: AffectedFile) => string {
  return ({ file, reasons }) => {
    const [first = "", ...others] = reasons;
    const more = others.length === 0 ? "" : ` (and ${counted(others.length, "other reason")})`;
    return `  ${shownPath(file, root)}: ${first}${more}`;
  };
}

function shownName(file: string): string {
  return path.relative(process.cwd(), file);
}
