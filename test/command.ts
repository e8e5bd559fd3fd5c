import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CoverageMapData } from "../src/types.js";
import { makeFolder } from "./support/folder.js";

export const root = fileURLToPath(new URL("..", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** What a run of the command left behind; `folder` holds `coverage/` and `.nyc_output/`. */
export interface ExampleRun extends Finished {
  readonly folder: string;
  readonly coverage: CoverageMapData;
}

// CI=true turns colours on, also into a pipe.
const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };

/** Runs a program to its end in the repository's folder. A program that cannot be started has no code. */
export function start(program: string, args: readonly string[]): Finished {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, env, encoding: "utf8" });
  return { code: status, output: `${stdout ?? ""}${stderr ?? ""}` };
}

/** Runs examples with the repository's configuration, but with reports in a folder of the test's own. */
export function runExample(name: string, ...flags: readonly string[]): ExampleRun {
  const folder = makeFolder({});
  const tests = `examples/${name}/{test,spec}/*.lua`;
  const sources = ["--include", `examples/${name}/src/**`];
  const finished = start(process.execPath, [
    "bin/luacov-ts.js",
    tests,
    ...sources,
    ...reportsIn(folder),
    ...flags,
  ]);
  const file = path.join(folder, "coverage", "coverage-final.json");
  return { ...finished, folder, coverage: JSON.parse(readFileSync(file, "utf8")) };
}

export function reportsIn(folder: string): string[] {
  const report = ["--report-dir", path.join(folder, "coverage"), "--reporter", "json"];
  return [...report, "--temp-dir", path.join(folder, ".nyc_output")];
}
