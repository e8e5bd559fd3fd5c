import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { type Files, makeProject } from "../../support/project.js";

/** Of lines 5 of 6, of branches 2 of 4, of conditions 1 of 4. */
const files = {
  "src/sign.lua": `local function sign(n, m)
  if n < 0 and m then
    return "negative"
  end
  return "positive"
end
return sign
`,
  "src/whole.lua": "return { a = 1 }\n",
  "test/sign.lua": 'assert(require "src.sign"(1) == "positive") require "src.whole"\n',
};

async function raised(project: Files, flags: readonly string[] = []) {
  const folder = makeProject({ ...files, ...project });
  const { stderr } = await runCli(folder, ["--reporter", "none", "--test-reporter", "dot", ...flags]);
  const texts = Object.keys(project).map((name) => readFileSync(path.join(folder, name), "utf8"));
  return [stderr, ...texts];
}

const yaml = `# what we have reached
check-coverage: true
auto-update: true   # always
lines:   50     # per cent
branches: -9
functions: 100
thresholds:
  'src/w*': { lines: -4, per-file: true }
`;

test("auto-update raises thresholds where they are written, and leaves all else in the file", async () => {
  expect(await raised({ ".nycrc.yml": yaml })).toEqual([
    'Raised in .nycrc.yml: lines from 50 to 83.33, branches from -9 to -2 and lines of "src/w*" from -4 to 100\n',
    yaml.replace("lines:   50", "lines:   83.33").replace("-9", "-2").replace("lines: -4", "lines: 100"),
  ]);
});

test("auto-update finds the file that a threshold is from, and its own spelling of the key", async () => {
  const project = {
    "package.json": '{ "nyc": {"lines": 1, "check_coverage": true, "auto.update": true, "Branches":\t2} }',
    ".nycrc.json": '{ "extends": "./base.json", "statements": 3 }\n',
    "base.json": '{"conditions":1,   "lines": 4}',
  };
  const [, manifest, own, base] = await raised(project);
  expect(manifest).toBe(project["package.json"].replace("\t2", "\t50"));
  expect(own).toBe(project[".nycrc.json"].replace("3", "83.33"));
  expect(base).toBe('{"conditions":25,   "lines": 83.33}');
});

test("auto-update leaves a byte order mark where it is", async () => {
  const text = '\ufeff{ /* ours */ "check-coverage": true, "auto-update": true, "lines": 50 }';
  const [, changed] = await raised({ "luacov-ts.config.jsonc": text });
  expect(changed).toBe(text.replace("50", "83.33"));
});

const json = '{ "check-coverage": true, "auto-update": true, "lines": 50, "statements": 10 }';

test.for<readonly [string, Files, readonly string[], string]>([
  [
    "a threshold is missed",
    { ".nycrc.json": json },
    ["--branches", "51"],
    "does not meet global threshold (51%)",
  ],
  ["tests are filtered", { ".nycrc.json": json }, ["--filter-out", "nothing"], ""],
  ["a test fails", { ".nycrc.json": json, "test/fails.lua": "error()" }, [], ""],
  [
    "the configuration is a script",
    { "nyc.config.cjs": `module.exports = ${json}` },
    [],
    "WARNING: auto-update cannot change nyc.config.cjs; raise lines from 50 to 83.33 and statements from 10 to 83.33 by hand\n",
  ],
  [
    "no threshold is written down",
    { ".nycrc.json": '{ "check-coverage": true, "auto-update": true, "lines": 3 }' },
    ["--lines", "1"],
    "none of them is: write down those to begin with",
  ],
])("auto-update changes nothing where %s", async ([, project, flags, message]) => {
  const [stderr, ...texts] = await raised(project, flags);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("Raised");
  expect(texts).toEqual(Object.values(project));
});
