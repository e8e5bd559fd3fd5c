import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { writeReports } from "../../src/report/reports.js";
import { measure } from "../support/measure.js";
import { type Files, makeProject } from "../support/project.js";

/** An Istanbul reporter of somebody else's, as such are written. */
const count = `const { ReportBase } = require("istanbul-lib-report");
module.exports = class extends ReportBase {
  constructor(options) { super(options); this.options = options; this.files = 0; }
  onDetail() { this.files++; }
  onEnd(node, context) {
    const writer = context.writer.writeFile(this.options.file || "count.txt");
    writer.println(this.files + " " + this.options.unit);
    writer.close();
  }
};
`;

const libReport = `module.exports = { ReportBase: class { execute(context) { context.getTree("pkg").visit(this, context); } } };`;

const installed: Files = {
  "tools/count.cjs": count,
  "node_modules/istanbul-lib-report/index.js": libReport,
  "node_modules/count-reporter/index.js": count,
  "node_modules/compiled/index.js": `Object.defineProperty(exports, "__esModule", { value: true }); exports.default = require("count-reporter");`,
  "tools/not.cjs": "module.exports = { a: 1 };",
  "tools/bare.cjs": "module.exports = class {};",
  "tools/throws.cjs": "module.exports = class { execute() { throw new Error('no paper'); } };",
  "tools/broken.cjs": "module.exports = (",
};

async function reported(reporter: unknown): Promise<string> {
  const cwd = makeProject({ ...installed, ".nycrc.json": { reporter } });
  const config = await loadConfig({ cwd });
  const file = path.join(cwd, "m.lua");
  writeReports(config, { [file]: { ...measure("return 1").coverage, path: file } });
  return config.reportDir;
}

test.for<readonly [unknown, string, string]>([
  [[["html", { subdir: "pages" }]], "pages/index.html", "m.lua"],
  [["html", { subdir: "pages" }], "pages/index.html", "m.lua"],
  [[["lcovonly", { file: "own.info" }], "json"], "own.info", "SF:m.lua"],
  [[["text"], ["text-summary", { file: "sum.txt" }]], "sum.txt", "100%"],
  [[["partial", { file: "ways.txt" }]], "ways.txt", "Every branch that was reached went all of its ways.\n"],
  [[["./tools/count.cjs", { unit: "file" }]], "count.txt", "1 file\n"],
  [[["tools/count.cjs", { unit: "file", file: "here.txt" }]], "here.txt", "1 file\n"],
  ["count-reporter", "count.txt", "1 undefined\n"],
  [[["compiled", { unit: "x" }]], "count.txt", "1 x\n"],
])("%j writes %s", async ([reporter, file, holds]) => {
  const folder = await reported(reporter);
  expect(readFileSync(path.join(folder, file), "utf8")).toContain(holds);
});

test("a list of a name and of options is one reporter, of several names it is several", async () => {
  expect(readdirSync(await reported(["json", "lcovonly"])).sort()).toEqual([
    "coverage-final.json",
    "lcov.info",
  ]);
});

const known = /; the reporters are clover, .*, partial/;

test.for<readonly [unknown, string | RegExp]>([
  [
    "no-such",
    /^Unknown reporter "no-such", which is no module of the project either; the reporters are clover, /,
  ],
  ["fs", known],
  ["tools/not.cjs", "The reporter tools/not.cjs cannot be used: it exports no class"],
  [
    "tools/bare.cjs",
    "The reporter tools/bare.cjs cannot be used: it has no method execute, as Istanbul's reporters have",
  ],
  ["tools/throws.cjs", "The reporter tools/throws.cjs cannot be used: no paper"],
  ["tools/broken.cjs", "The reporter tools/broken.cjs cannot be used: Unexpected end of input"],
  [[["html", "pages"]], /is \[\["html","pages"\]\], but must be a name or a list of such/],
  [
    [{ html: true }],
    /is \[\{"html":true\}\], but must be a name or a list of such, each alone or with options/,
  ],
])("%j is a mistake that is named", async ([reporter, message]) => {
  await expect(reported(reporter)).rejects.toThrow(message);
});
