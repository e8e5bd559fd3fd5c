import { list, text, yesNo } from "./kinds.js";
import { reporters } from "./reporterKind.js";
import type { Valibot } from "./valibot.js";

/** What is written about coverage, and where it is kept. */
export const reports = {
  reporter: reporters(
    ["text", "lcovonly", "html-lua"],
    "how coverage is shown: by Istanbul's reporters (text, lcov, cobertura, …), ours (html-lua, partial, markdown, github, sonar, luacov, luacov-stats), or a module's name or path",
  ),
  sourceMap: yesNo(true, "report Lua that has a source map as what it was compiled from, as nyc does"),
  reportDir: text("coverage", "DIR", "where reports are written"),
  open: yesNo(false, "open the pages of html-lua in the browser"),
  baseCoverage: text(
    undefined,
    "FILE",
    "a coverage map, or a folder of such, that markdown and github compare with",
  ),
  stats: list(
    [],
    "FILE",
    "add what LuaCov has measured, from its luacov.stats.out, in report, check-coverage and merge",
  ),
  tempDir: text(".nyc_output", "DIR", "where the coverage map of each run is kept"),
  clean: yesNo(true, "remove what earlier runs have left in the temp-dir; else report the sum"),
  watermarks: {
    kind: "watermarks",
    placeholder: "METRIC=LOW,HIGH",
    fallback: { lines: [50, 80], functions: [50, 80], branches: [50, 80], statements: [50, 80] },
    help: "percentages at which colours change",
    expected: 'an object such as { "lines": [50, 80] } with percentages in rising order',
    parts: ["lines", "functions", "branches", "statements"],
    schema: watermarksSchema,
  },
  skipFull: yesNo(false, "leave files with full coverage out of the text report"),
  skipEmpty: yesNo(false, "leave files without code out of the text report"),
} as const;

function watermarksSchema(v: Valibot) {
  const watermark = v.optional(watermarkSchema(v));
  return v.strictObject({
    lines: watermark,
    functions: watermark,
    branches: watermark,
    statements: watermark,
  });
}

function watermarkSchema(v: Valibot) {
  const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
  return v.pipe(
    v.tuple([percent, percent]),
    v.check(([low, high]) => low <= high),
  );
}
