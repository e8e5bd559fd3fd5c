import path from "node:path";
import { expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/arguments/flags.js";
import { noticeText, violationText } from "../../src/cli/print.js";
import type { CoverageMapData } from "../../src/index.js";
import { gate, loadConfig } from "../../src/index.js";
import { measure } from "../support/measure.js";
import { makeProject } from "../support/project.js";

/** Of lines 4 of 5, of branches 2 of 4, of conditions 1 of 4. */
const sign = `local function sign(n, m)
  if n < 0 and m then
    return "negative"
  end
  return "positive"
end
return sign(1)
`;

function coverageIn(folder: string): CoverageMapData {
  const sources = { "src/sign.lua": sign, "src/whole.lua": "return { a = 1 }" };
  const entries = Object.entries(sources).map(([name, text]) => {
    const file = path.join(folder, name);
    return [file, { ...measure(text).coverage, path: file }];
  });
  return Object.fromEntries(entries);
}

/** What a person reads of the thresholds in a configuration and in flags. */
async function gated(settings: object, flags: readonly string[]): Promise<string[]> {
  const cwd = makeProject({ ".nycrc.json": settings });
  const config = await loadConfig({ ...parseCommandLine(flags).options, cwd });
  const { violations, notices } = gate(config, coverageIn(cwd), { isWhole: true, change: null });
  return [...violations.map((each) => violationText(each, config)), ...notices.map(noticeText)];
}

const checked = { "check-coverage": true, lines: 0 };

test.for<readonly [string, object, readonly string[], readonly string[]]>([
  ["percentages", { ...checked, lines: 83.33, branches: 50, conditions: 25 }, [], []],
  [
    "conditions",
    { ...checked, conditions: 26 },
    [],
    ["ERROR: Coverage for conditions (25%) does not meet global threshold (26%)"],
  ],
  ["as many uncovered items as there may be", { ...checked, lines: -1, conditions: -3 }, [], []],
  [
    "fewer of them",
    { ...checked, branches: -1 },
    ["--conditions", "-2"],
    [
      "ERROR: Uncovered branches (2) exceed global threshold (1)",
      "ERROR: Uncovered conditions (3) exceed global threshold (2)",
    ],
  ],
  [
    "each file",
    { ...checked, lines: 90, "per-file": true },
    [],
    ["ERROR: Coverage for lines (80%) does not meet threshold (90%) for src/sign.lua"],
  ],
  [
    "a glob, whose files count for all, too",
    { ...checked, lines: 83.33, thresholds: { "src/s*": { lines: 81 }, "src/w*.lua": { "100": true } } },
    [],
    ['ERROR: Coverage for lines (80%) does not meet "src/s*" threshold (81%)'],
  ],
  [
    "each file of a glob",
    { ...checked, thresholds: { src: { statements: -0, functions: 100, branches: -1, "per-file": true } } },
    [],
    ['ERROR: Uncovered branches (2) exceed "src" threshold (1) for src/sign.lua'],
  ],
  [
    "a glob by a flag",
    checked,
    ["--thresholds", "src/s*=lines:81,per-file"],
    ['ERROR: Coverage for lines (80%) does not meet "src/s*" threshold (81%) for src/sign.lua'],
  ],
  [
    "--100, but for what another flag says",
    { lines: 1 },
    ["--100", "--branches", "50", "--conditions", "0"],
    [
      "ERROR: Coverage for lines (83.33%) does not meet global threshold (100%)",
      "ERROR: Coverage for statements (83.33%) does not meet global threshold (100%)",
    ],
  ],
  [
    "a glob that matches nothing",
    { ...checked, thresholds: { lib: { lines: 1, branches: 2 } } },
    [],
    [
      'WARNING: The thresholds for lines and branches of "lib" are not checked: no file in the coverage matches',
    ],
  ],
  [
    "what nothing checks",
    { lines: 99, thresholds: {} },
    ["--per-file"],
    [
      "WARNING: lines, per-file and thresholds are set, but no threshold is checked; --check-coverage checks them",
    ],
  ],
])("thresholds: %s", async ([, settings, flags, expected]) => {
  expect(await gated(settings, flags)).toEqual(expected);
});
