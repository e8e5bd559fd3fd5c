import { readFileSync } from "node:fs";
import path from "node:path";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load.js";
import { writeReports } from "../../../src/report/reports.js";
import type { CoverageMapData } from "../../../src/types.js";
import { measure } from "../../support/measure.js";
import { makeProject } from "../../support/project.js";

const never = Array.from({ length: 12 }, () => "local function f()\n  return 1\n\nend\n").join("");
const sources = {
  "src/a/few.lua": "local x = 1\nif x then\n  x = 2\nend",
  "src/many.lua": never,
  [`src/${"long".repeat(20)}.lua`]: "return 1",
  [`src/${"長い名前".repeat(8)}e\u0301\u{1f469}\u200d\u{1f680}.lua`]: "return 1",
};

async function table(maxCols: number, options: object = {}): Promise<string[]> {
  const cwd = makeProject({});
  const reporter = ["text", { file: "table.txt", maxCols }] as [string, Record<string, unknown>];
  const config = await loadConfig({ cwd, ...options, reporter });
  const coverage: CoverageMapData = {};
  for (const [name, source] of Object.entries(sources)) {
    const file = path.join(cwd, name);
    coverage[file] = { ...measure(source).coverage, path: file };
  }
  writeReports(config, coverage);
  return readFileSync(path.join(config.reportDir, "table.txt"), "utf8").trimEnd().split("\n");
}

/** What is said of a file, in the last column. */
function lastColumn(lines: readonly string[], name: string): string | undefined {
  return lines
    .find((line) => line.trim().startsWith(name))
    ?.split(" | ")
    .at(-1)
    ?.trim();
}

test("where there is room, all that is not covered is named", async () => {
  for (const width of [0, 200]) {
    const lines = await table(width);
    expect(lastColumn(lines, "few.lua")).toBe("2->else");
    expect(lastColumn(lines, "many.lua")).toBe("2,6,10,14,18,22,26,30,34,38,42,46");
  }
});

test.for([80, 100, 160])("in %i columns every line fits, and the end is left out", async (width) => {
  const lines = await table(width);
  // As a terminal counts columns.
  expect(new Set(lines.map(stringWidth)).size).toBe(1);
  expect(lines[0]?.length).toBeLessThanOrEqual(width);
  expect(lines.join("\n")).toContain("名前e\u0301\u{1f469}\u200d\u{1f680}.lua ");
  expect(lines.join("\n")).toContain("longlong.lua |");
  if (width === 80) expect(lastColumn(lines, "many.lua")).toBe("2,6,10,14,18,22,…");
});

test("files that are full or empty are left out when that is asked for", async () => {
  const names = (lines: readonly string[]) => lines.slice(3, -1).map((line) => line.split("|")[0]?.trim());
  expect(names(await table(0, { skipFull: true }))).toEqual([
    "All files",
    "src",
    "many.lua",
    "src/a",
    "few.lua",
  ]);
});
