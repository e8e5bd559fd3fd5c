import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CoverageMapData } from "../src/types.js";
import { makeFolder } from "./support/folder.js";
import { type ToolName, toolPath } from "./support/tools.js";

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

const options = { cwd: root, env, encoding: "utf8" } as const;

/** Runs a script of Node's to its end in the repository's folder. */
export function startNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Finished {
  const all = { ...env, ...environment };
  return finished(spawnSync(process.execPath, args, { ...options, env: all }));
}

/** Runs a tool that the test has asked for, as `startNode` does. */
export function startTool(name: ToolName, args: readonly string[]): Finished {
  return finished(spawnSync(toolPath(name), args, options));
}

function finished({ status, stdout, stderr }: SpawnSyncReturns<string>): Finished {
  return { code: status, output: stdout + stderr };
}

/** Runs examples with the repository's configuration, but with reports in a folder of the test's own. */
export function runExample(name: string, ...flags: readonly string[]): ExampleRun {
  const folder = makeFolder({});
  const tests = `examples/${name}/{test,spec}/*.lua`;
  const sources = ["--include", `examples/${name}/src/**`];
  const run = startNode(["bin/luacov-ts.js", tests, ...sources, ...reportsIn(folder), ...flags]);
  const file = path.join(folder, "coverage", "coverage-final.json");
  return { ...run, folder, coverage: JSON.parse(readFileSync(file, "utf8")) };
}

export function reportsIn(folder: string): string[] {
  const report = ["--report-dir", path.join(folder, "coverage"), "--reporter", "json"];
  return [...report, "--temp-dir", path.join(folder, ".nyc_output")];
}
