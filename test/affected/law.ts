import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Config, loadConfig, type Options, type RunResult, run } from "luacov-ts";
import { expect } from "vitest";
import { changeRecordFile } from "../../src/affected/record/store.js";
import type { Mutant } from "./mutants.js";

/** A project of which it is known what its test files depend on, as it was before any change. */
export interface KnownProject {
  readonly folder: string;
  readonly options: Options;
  readonly patterns: readonly string[];
  /** The folder that keeps it. */
  readonly kept: string;
}

/** How many test files ran, of how many, and how many tests failed. */
export interface Share {
  readonly ran: number;
  readonly all: number;
  readonly failed: number;
}

const quiet: Options = { reporter: ["none"], testReporter: ["quiet"] };

/** Runs all tests of a project for the first time. */
export async function knownProject(
  folder: string,
  options: Options,
  patterns: readonly string[],
): Promise<KnownProject> {
  const project = { folder, options, patterns, kept: path.join(folder, ".kept") };
  await runIn(project, ".kept", true);
  return project;
}

/**
 * The law: what a run of all tests has found out after a change, a run of what the change touches has found out, too: which tests
 * fail, and what is covered. A public suite may take another way each time, as tables have another order: where two runs
 * of all tests do not find out the same, nobody can say what is right. `exact` is for what is the same each time.
 */
export async function checkLaw(
  project: KnownProject,
  file: string,
  mutant: Mutant,
  exact = true,
): Promise<Share> {
  const place = path.join(project.folder, file);
  const before = readFileSync(place, "latin1");
  writeFileSync(place, mutant.text, "latin1");
  try {
    const changed = await runChanged(project);
    const whole = await runIn(project, ".whole", false);
    const what = `${file}: ${mutant.what}`;
    const results = (of: RunResult) => resultsIn(of, exact);
    for (const found of [results, coverageIn])
      if (exact || (await isSteady(project, found, whole, changed)))
        expect([what, found(changed)]).toEqual([what, found(whole)]);
    const { files = [], unchanged = [] } = changed.change ?? {};
    return { ran: files.length, all: files.length + unchanged.length, failed: failures(whole).length };
  } finally {
    writeFileSync(place, before, "latin1");
  }
}

/** Of the run before, the record alone is there. */
async function runChanged(project: KnownProject): Promise<RunResult> {
  const record = changeRecordFile((await configOf(project, ".kept")).testRecord);
  const own = changeRecordFile((await configOf(project, ".changed")).testRecord);
  rmSync(path.join(project.folder, ".changed"), { recursive: true, force: true });
  mkdirSync(path.dirname(own), { recursive: true });
  copyFileSync(record, own);
  return runIn(project, ".changed", true);
}

/** Whether runs of all tests find out the same each time, where it matters. */
async function isSteady(
  project: KnownProject,
  found: (result: RunResult) => unknown,
  whole: RunResult,
  changed: RunResult,
): Promise<boolean> {
  const first = JSON.stringify(found(whole));
  if (first === JSON.stringify(found(changed))) return true;
  // How far a program has come by its limit is a matter of time.
  if (isTimedOut(whole) || isTimedOut(changed)) return false;
  for (let time = 0; time < 3; time++)
    if (JSON.stringify(found(await runIn(project, ".whole", false))) !== first) return false;
  return true;
}

async function runIn(project: KnownProject, tempDir: string, changed: boolean): Promise<RunResult> {
  const patterns = project.patterns.map((each) => path.join(project.folder, each));
  return run(await configOf(project, tempDir), { patterns, changed });
}

function configOf({ folder, options }: KnownProject, tempDir: string): Promise<Config> {
  return loadConfig({ ...quiet, cwd: folder, tempDir, ...options });
}

function isTimedOut({ results }: RunResult): boolean {
  return results.some(({ message }) => message.startsWith("timed out"));
}

function failures({ results }: RunResult): RunResult["results"] {
  return results.filter(({ status }) => status === "failure" || status === "error");
}

/** Of results, what does not depend on the time; addresses of tables are others in each run. */
function resultsIn({ results }: RunResult, exact: boolean): readonly string[] {
  const told = results.map(({ file, lua, round, names, status, descriptor, message }) => {
    const text = exact ? message.replace(/0x[0-9a-f]+/g, "0x") : "";
    return JSON.stringify([file, lua, round, descriptor, ...names, status, text]);
  });
  return told.sort();
}

function coverageIn({ coverage }: RunResult): unknown {
  return JSON.parse(JSON.stringify(coverage));
}
