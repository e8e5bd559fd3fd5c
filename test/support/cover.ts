import { spawnSync } from "node:child_process";
import path from "node:path";
import { readCoverage } from "../../src/store/read.js";
import type { FileCoverageData } from "../../src/types.js";
import { type CliResult, runCli } from "./cli.js";
import { makeFolder } from "./folder.js";
import { type ToolName, toolPath } from "./tools.js";

/** What a program did by itself, and measured by `cover`, each in a folder of its own. */
export interface Both {
  readonly plain: CliResult;
  readonly covered: CliResult;
  /** Of the measured one. */
  readonly folder: string;
  readonly coverage: Readonly<Record<string, FileCoverageData>>;
}

/** Runs a tool on these files by itself, and measured without a report. In outputs, what differs by nature is replaced. */
export async function both(
  files: Readonly<Record<string, string | Uint8Array>>,
  tool: ToolName,
  args: readonly string[],
): Promise<Both> {
  const [plainFolder, folder] = [makeFolder(files), makeFolder(files)];
  const env = { ...process.env, NO_COLOR: "1", CI: undefined, PWD: plainFolder };
  const plain = spawnSync(toolPath(tool), args, { cwd: plainFolder, encoding: "utf8", env });
  const covered = await runCli(folder, ["--reporter", "none", "cover", "--", toolPath(tool), ...args]);
  const result = { code: plain.status ?? -1, stdout: plain.stdout, stderr: plain.stderr };
  return {
    plain: comparable(result, plainFolder),
    covered: comparable(covered, folder),
    folder,
    // A program may load nothing that is measured.
    get coverage() {
      return coverageIn(folder);
    },
  };
}

/** The coverage that a run has left in a folder, by paths below it. */
export function coverageIn(folder: string): Readonly<Record<string, FileCoverageData>> {
  const entries = Object.entries(readCoverage(path.join(folder, ".nyc_output"), folder));
  return Object.fromEntries(
    entries.map(([file, data]) => {
      const name = path.relative(folder, file);
      return [name, { ...data, path: name }];
    }),
  );
}

/** How often each line of a file ran; null for a line without a statement. */
export function linesOf(coverage: Both["coverage"], file: string): (number | null)[] {
  const { statementMap = {}, s = {} } = coverage[file] ?? {};
  const lines: (number | null)[] = [];
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines[start.line - 1] = Math.max(lines[start.line - 1] ?? 0, s[id] ?? 0);
  }
  return Array.from(lines, (count) => count ?? null);
}

function comparable({ code, stdout, stderr }: CliResult, folder: string): CliResult {
  const replaced = (text: string) =>
    text
      .replaceAll(folder, "<folder>")
      .replace(/\b0x[\da-f]+/g, "0x")
      .replace(/\b\d+\.\d+ seconds\b/g, "N seconds")
      .replace(/\bStarted on .*/g, "Started on");
  return { code, stdout: replaced(stdout), stderr: replaced(stderr) };
}
