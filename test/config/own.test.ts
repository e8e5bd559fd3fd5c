import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { LuacovError } from "../../src/errors.js";
import { runCli } from "../support/cli.js";
import { type Files, makeProject } from "../support/project.js";

const settings = { all: true, include: "lib", "report-dir": "out", lines: 12.5 };
const json = JSON.stringify(settings);

test.for<readonly [string, unknown]>([
  ["luacov-ts.config.json", json],
  [
    "luacov-ts.config.jsonc",
    `// What counts\n{ "$schema": "./schema.json", /* all */ "all": true, "include": "lib", "report-dir": "out", "lines": 12.5, }`,
  ],
  ["luacov-ts.config.yaml", "all: true # of them\ninclude: lib\nreport-dir: out\nlines: 12.5\n"],
  ["luacov-ts.config.yml", json],
  ["luacov-ts.config.mjs", `export default ${json}`],
  ["luacov-ts.config.cjs", `module.exports = async () => (${json})`],
  ["luacov-ts.config.js", `module.exports = ${json}`],
  ["package.json", { nyc: { lines: 1 }, "luacov-ts": settings }],
])("options are read from %s", async ([name, content]) => {
  const root = makeProject({ [name]: content, ".nycrc.json": { lines: 99, branches: 99 }, "sub/a.lua": "" });
  const found = await loadConfig({ cwd: root });
  const expected = { all: true, include: ["lib"], reportDir: path.join(root, "out") };
  // What is nyc's does not count besides.
  expect(found).toMatchObject({ ...expected, thresholds: { lines: 12.5, branches: 0 } });
});

test.for([
  ...["luacov-ts.config.json", "luacov-ts.config.jsonc", ".nycrc", ".nycrc.json", "luacov-ts.config.yaml"],
])("a byte order mark before %s is no part of it", async (name) => {
  const root = makeProject({ [name]: `\ufeff${json}`, "package.json": '\ufeff{ "name": "x" }' });
  expect((await loadConfig({ cwd: root })).thresholds.lines).toBe(12.5);
  const own = makeProject({ "package.json": `\ufeff{ "luacov-ts": ${json} }` });
  expect((await loadConfig({ cwd: own })).thresholds.lines).toBe(12.5);
});

/** Files, then the file whose threshold counts in the folder a/b. */
const nearest: readonly (readonly [files: Files, lines: number])[] = [
  [{ "luacov-ts.config.json": { lines: 1 }, "a/.nycrc.json": { lines: 2 } }, 2],
  [{ ".nycrc.json": { lines: 1 }, "a/luacov-ts.config.json": { lines: 2 } }, 2],
  [{ "a/.nycrc.json": { lines: 1 }, "a/package.json": { "luacov-ts": { lines: 2 } } }, 2],
  [{ "a/luacov-ts.config.yml": "lines: 1", "a/luacov-ts.config.json": { lines: 2 } }, 2],
  [{ "luacov-ts.config.json": { lines: 1 }, "a/package.json": {} }, 1],
];

test.for(nearest)("of %j, what counts is %d", async ([files, lines]) => {
  const root = makeProject({ ...files, "a/b/c.lua": "" });
  expect((await loadConfig({ cwd: path.join(root, "a/b") })).thresholds.lines).toBe(lines);
});

test("the root is the folder of the file, unless it says otherwise", async () => {
  const root = makeProject({
    "luacov-ts.config.json": {},
    "a/package.json": {},
    "a/b.lua": "",
    "c/luacov-ts.config.json": { cwd: ".." },
  });
  const before = process.cwd();
  try {
    process.chdir(path.join(root, "a"));
    expect((await loadConfig()).cwd).toBe(root);
    process.chdir(path.join(root, "c"));
    expect((await loadConfig()).cwd).toBe(root);
  } finally {
    process.chdir(before);
  }
});

test("what a file of ours says wins over what it extends, the last of several over those before", async () => {
  const root = makeProject({
    "luacov-ts.config.json": { extends: ["./a.json", "./b.json"], lines: 1 },
    "a.json": { lines: 2, functions: 2, branches: 2, extends: "./c.json" },
    "b.json": { lines: 3, functions: 3 },
    "c.json": { statements: 4, branches: 4 },
  });
  const thresholds = { lines: 1, functions: 3, branches: 2, statements: 4 };
  expect((await loadConfig({ cwd: root })).thresholds).toMatchObject(thresholds);
});

const unreadable = "Cannot read the configuration <root>/luacov-ts.config";

test.for<readonly [Files, string]>([
  [
    { "luacov-ts.config.jsonc": '{\n  // no\n  "all" true }' },
    `${unreadable}.jsonc: colon expected in line 3, column 9`,
  ],
  [
    { "luacov-ts.config.json": '{\n  "all": true,\n}' },
    `${unreadable}.json: property name expected in line 3, column 1`,
  ],
  [{ "luacov-ts.config.json": "" }, `${unreadable}.json: value expected in line 1, column 1`],
  [
    { "package.json": '\ufeff{\n  "name": x }' },
    "Cannot read the configuration <root>/package.json: invalid symbol in line 2, column 11",
  ],
  [
    { "luacov-ts.config.json": '{ "all": true // no\n}' },
    `${unreadable}.json: invalid comment token in line 1, column 15`,
  ],
  [{ "luacov-ts.config.json": "[]" }, `${unreadable}.json: it must hold an object with the keys`],
  [{ "luacov-ts.config.mjs": "throw new Error('mine')" }, `${unreadable}.mjs: mine`],
  [
    { "luacov-ts.config.toml": "all = true" },
    `${unreadable}.toml: .toml is not read; write it as one of jsonc, json,`,
  ],
  [{ "luacov-ts.config.json/a.lua": "" }, `${unreadable}.json: it is a folder, not a file`],
  [{ "luacov-ts.config.mjs": "export const all = true" }, `${unreadable}.mjs: it must hold an object`],
  [
    { "luacov-ts.config.jsonc": '{ "reporters": [] }' },
    'Unknown key "reporters" in <root>/luacov-ts.config.jsonc, perhaps "reporter"',
  ],
  [
    { "package.json": { "luacov-ts": { setup: "no.lua" } } },
    "The setup file no.lua cannot be used: there is no such file",
  ],
])("%j is a mistake that is named", async ([files, sentence]) => {
  const root = makeProject(files);
  const failed = await loadConfig({ cwd: root }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(LuacovError);
  expect(String(failed).replaceAll(root, "<root>")).toContain(sentence);
});

/** Scripts, then what is said of them; all end with code 2. */
const scripts: readonly (readonly [text: string, sentence: string])[] = [
  ["await new Promise(() => {})", "what it waits for never comes; let it export its options"],
  ["export default () => new Promise(() => {})", "what it waits for never comes; let it export its options"],
  ["process.exit(0)", "it ends the process, with exit code 0; let it export its options"],
];

test.for(scripts)("of %j the sentence says that it comes to nothing", async ([text, sentence]) => {
  const root = makeProject({ "luacov-ts.config.mjs": text, "a.lua": "" });
  const { code, stdout, stderr } = await runCli(root, ["a.lua"]);
  const name = "<folder>/luacov-ts.config.mjs";
  expect([code, stdout, stderr]).toEqual([
    2,
    "",
    `ERROR: Cannot read the configuration ${name}: ${sentence}\n`,
  ]);
});

test("a link to nothing is no configuration, and what does not count beside one is named", async () => {
  const root = makeProject({ "a.lua": "" });
  symlinkSync("nowhere", path.join(root, "luacov-ts.config.json"));
  await expect(loadConfig({ cwd: root })).rejects.toThrow("luacov-ts.config.json: it is a link to nothing");
  const several = makeProject({
    "luacov-ts.config.json": {},
    "luacov-ts.config.yaml": "",
    "luacov-ts.config.toml": "",
  });
  const { configurationNotices } = await loadConfig({ cwd: several });
  expect(
    configurationNotices.map(({ level, message }) => [level, message.replaceAll(several, "<root>")]),
  ).toEqual(
    ["yaml", "toml"].map((ending) => [
      "warning",
      `<root>/luacov-ts.config.${ending} is not read, as luacov-ts.config.json beside it is; remove one of the two`,
    ]),
  );
});

test("a Lua that is not there is named with the file that names it", async () => {
  const root = makeProject({ "luacov-ts.config.json": { lua: ["no-such-lua"] }, "a.lua": "" });
  const { code, stderr } = await runCli(root, ["a.lua"]);
  const where = '"no-such-lua", which is "lua" in <folder>/luacov-ts.config.json, is not there';
  expect([code, stderr]).toEqual([2, expect.stringContaining(where)]);
});

test("TypeScript is read where Node can read it, and the others say what to do", async () => {
  const text = "export default { lines: 50 as number, checkCoverage: true, reporter: 'none' };";
  const root = makeProject({
    "luacov-ts.config.ts": text,
    "m.lua": "if nil then\n  x = 1\nend",
    "a.lua": 'require "m"',
  });
  const { code, stderr } = await runCli(root, ["a.lua"]);
  const canRead = "typescript" in process.features && process.features.typescript !== false;
  const tooOld =
    /^ERROR: .*config\.ts: Node [\d.]+ cannot read TypeScript, which Node 22\.18 can; name it luacov/;
  expect(stderr).toMatch(canRead ? /^$/ : tooOld);
  expect(code).toBe(canRead ? 0 : 2);
});

test("the schema in the package knows each key, and takes what the configuration takes", () => {
  const file = new URL("../../dist/schema.json", import.meta.url);
  const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, "utf8")));
  const taken = { $schema: "x", extends: "./a", all: true, lines: -3, tests: ["test", "!test/data"] };
  expect(isValid({ ...taken, reporter: ["text", ["html", { subdir: "x" }]], jobs: 2 })).toBe(true);
  const refused = [{ al: true }, { all: "yes" }, { jobs: 1.5 }, { style: "busted" }, { setup: 3 }, []];
  expect(refused.filter((each) => isValid(each))).toEqual([]);
});
