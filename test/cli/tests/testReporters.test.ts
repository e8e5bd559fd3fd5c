import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readCoverage } from "../../../src/store/read.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { withoutLua } from "../../support/testLua.js";

const project = {
  "src/m.lua": "return 1",
  "test/a.lua": 'require "src.m"',
  "test/b.lua": 'error("boom", 0)',
};

const quiet = ["--reporter", "none"];

test("several reporters write to files and to standard output, the files' folders made", async () => {
  const folder = makeFolder(project);
  const flags = ["default", "tap=out/deep/results.tap", "json=out/results.json"];
  const { code, stdout, stderr } = await runCli(folder, [
    ...flags.flatMap((flag) => ["--test-reporter", flag]),
    ...quiet,
  ]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain("\n1 passed, 1 failed\n");
  const tap = withoutLua(readFileSync(path.join(folder, "out/deep/results.tap"), "utf8"));
  expect(tap.match(/^(?:TAP|ok|not ok|1\.\.).*/gm)).toEqual([
    "TAP version 14",
    "ok 1 - test/a.lua",
    "not ok 2 - test/b.lua",
    "1..2",
  ]);
  expect(JSON.parse(readFileSync(path.join(folder, "out/results.json"), "utf8")).totals).toMatchObject({
    success: 1,
    error: 1,
  });
});

const spec = `describe("a block", function()
  it("says something", function() io.write("out\\n") io.stderr:write("err\\n") end)
  it("fails", function() error("no, 100%") end)
  pending("waits")
end)`;

test("every reporter hears of a spec and of what it writes; GitHub gets a summary", async () => {
  const folder = makeFolder({ "src/m.lua": "return 1", "spec/a_spec.lua": `require "src.m"\n${spec}` });
  const files = ["default", "dot", "tap", "junit", "json"].map((name) => `${name}=out/${name}`);
  const summary = path.join(folder, "summary.md");
  const { stdout, stderr } = await runCli(
    folder,
    [...files, "github"].flatMap((each) => ["--test-reporter", each]).concat(quiet),
    { GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: folder },
  );
  expect(stderr).toBe("");
  expect(stdout).toBe(
    "::error file=spec/a_spec.lua,line=4,title=spec/a_spec.lua%3A a block › fails::spec/a_spec.lua:4: no, 100%25%0A" +
      "stack traceback:%0A\tspec/a_spec.lua:4: in function <spec/a_spec.lua:4>\n" +
      "::notice file=spec/a_spec.lua,line=5,title=spec/a_spec.lua%3A a block › waits::pending\n",
  );
  const read = (name: string) => withoutLua(readFileSync(path.join(folder, name), "utf8"));
  expect(read("summary.md")).toContain("| 1 | 0 | 1 | 1 | ");
  expect(read("out/default")).toMatch(/^out\nerr\na block\n {2}✔ says something/);
  expect(read("out/dot")).toMatch(/^out\nerr\n●✱◌\n/);
  expect(read("out/tap")).toContain("# | out\n# | err\nok 1 - spec/a_spec.lua: a block › says something\n");
  expect(read("out/junit")).toContain("<system-out>out\n</system-out>\n    <system-err>err\n</system-err>");
  expect(JSON.parse(read("out/json")).files[0].output).toEqual([
    { stream: "stdout", text: "out\n" },
    { stream: "stderr", text: "err\n" },
  ]);
});

test("a file is named relative to the project root, and the configuration may name it", async () => {
  const folder = makeFolder({
    ...project,
    ".nycrc.json": JSON.stringify({ "test-reporter": ["json=results.json"], reporter: "none" }),
    "package.json": "{}",
  });
  const { stdout } = await runCli(path.join(folder, "test"), ["."]);
  expect(stdout).toBe("");
  expect(existsSync(path.join(folder, "results.json"))).toBe(true);
});

test("a file that cannot be written is known before a test runs", async () => {
  const folder = makeFolder({ ...project, "test/a.lua": 'io.open("ran", "w"):close()' });
  const flags = ["default", "json=test/a.lua/x.json"].flatMap((flag) => ["--test-reporter", flag]);
  const { code, stderr } = await runCli(folder, [...flags, ...quiet]);
  expect(stderr).toMatch(/^ERROR: Cannot write to .*\n$/);
  expect(code).toBe(2);
  expect(existsSync(path.join(folder, "ran"))).toBe(false);
});

const ownReporter = `export default ({ write, root }) => {
  write("in " + root + "\\n");
  return async (event) => {
    await new Promise((resolve) => setImmediate(resolve));
    write(event.kind + (event.kind === "test" ? " " + event.result.status : "") + "\\n");
  };
};`;

test("a module of one's own hears one event after the other", async () => {
  const folder = makeFolder({ ...project, "tools/mine.mjs": ownReporter });
  const { code, stdout, stderr } = await runCli(folder, ["--test-reporter", "./tools/mine.mjs", ...quiet]);
  expect(stderr).toBe("");
  expect(stdout.replace(/progress\n/g, "")).toBe(`in <folder>
run start
file start
test success
file end
file start
test error
file end
run end
`);
  expect(code).toBe(1);
});

test("what a module of one's own still does at its end is waited for, and what goes wrong then is told", async () => {
  const folder = makeFolder({
    ...project,
    "mine.mjs": `export default () => ({ kind }) => {
      if (kind === "run end") setTimeout(() => { throw new Error("too late"); }, 1);
    };`,
    "endless.mjs": "export default () => () => { setInterval(() => {}, 10); };",
  });
  const late = await runCli(folder, ["--test-reporter", "./mine.mjs", ...quiet]);
  expect([late.code, late.stderr]).toEqual([2, expect.stringContaining("too late")]);
  expect((await runCli(folder, ["--test-reporter", "./endless.mjs", ...quiet])).stderr).toBe("");
});

test("a module of one's own may write to a file before the run, during it and after it", async () => {
  const folder = makeFolder({
    ...project,
    "mine.mjs": `export default ({ write }) => {
      write("a");
      return ({ kind }) => {
        if (kind === "run end") setTimeout(() => write("c"), 1);
        else if (kind === "run start") write("b");
      };
    };`,
    "mine.txt": "of the run before",
  });
  const { stderr } = await runCli(folder, ["--test-reporter", "./mine.mjs=mine.txt", ...quiet]);
  expect(stderr).toBe("");
  expect(readFileSync(path.join(folder, "mine.txt"), "utf8")).toBe("abc");
});

const known = "default, dot, quiet, tap, junit, json, github";

/** Mistakes, and the one sentence that each of them gives. */
const mistakes: readonly (readonly [what: string, reporter: string, message: string])[] = [
  [
    "an unknown name",
    "nyan",
    `Unknown test reporter "nyan": it is no file of the project, and the test reporters are ${known}`,
  ],
  [
    "a file without a name",
    "json=",
    'The test reporter "json=" must be NAME or NAME=FILE; see luacov-ts --help',
  ],
  [
    "a file in a file",
    "json=test/a.lua/x.json",
    "Cannot write to <folder>/test/a.lua/x.json: a file is where a folder must be; name another place, or remove that file",
  ],
  [
    "a folder in its place",
    "junit=test",
    "Cannot write to <folder>/test: a folder is where a file must be; name a file in it, or another place",
  ],
  [
    "a module without a default export",
    "./none.mjs",
    "The test reporter ./none.mjs has no default export that is a function: (context) => (event) => …",
  ],
  [
    "a module that cannot be loaded",
    "./throws.mjs",
    "The test reporter ./throws.mjs failed at loading: no luck",
  ],
  ["a factory that throws", "./factory.mjs", "The test reporter ./factory.mjs failed at its start: no luck"],
  [
    "a factory that makes nothing",
    "./nothing.mjs",
    "The test reporter ./nothing.mjs makes no reporter: its default export must return a function of events",
  ],
  [
    "a reporter that throws",
    "./event.mjs",
    'The test reporter ./event.mjs failed at the event "test": no luck',
  ],
];

test.for(mistakes)("%s is one sentence", async ([_, reporter, message]) => {
  const folder = makeFolder({
    ...project,
    "none.mjs": "export const reporter = 1;",
    "throws.mjs": 'throw new Error("no luck");',
    "factory.mjs": 'export default () => { throw new Error("no luck"); };',
    "nothing.mjs": "export default () => {};",
    "event.mjs": 'export default () => ({ kind }) => { if (kind === "test") throw new Error("no luck"); };',
  });
  const { code, stdout, stderr } = await runCli(folder, ["--test-reporter", reporter, ...quiet]);
  expect(stderr).toBe(`ERROR: ${message}\n`);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test("a reporter that throws costs nothing of what the run has found out", async () => {
  const thrower = 'export default () => ({ kind }) => { if (kind === "test") throw new Error("no luck"); };';
  const folder = makeFolder({ "test/a.lua": 'require "m"', "m.lua": "return 1", "event.mjs": thrower });
  const { code } = await runCli(folder, ["test", "--reporter", "none", "--test-reporter", "./event.mjs"]);
  expect(code).toBe(2);
  expect(Object.keys(readCoverage(path.join(folder, ".nyc_output")))).toEqual([path.join(folder, "m.lua")]);
});
