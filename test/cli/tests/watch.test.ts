import { renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test as vitestTest } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { makeProject } from "../../support/project.js";
import { startWatch, watchIn } from "../../support/watch.js";

const test = (name: string, body: () => Promise<void>) => vitestTest(name, body, 60_000);

const files = {
  "src/m.lua": "local M = {}\nfunction M.one()\n  return 1\nend\nreturn M\n",
  "src/n.lua": "return 2\n",
  "test/a.lua": 'assert(require("src.m").one() == 1)',
  "test/b.lua": 'assert(require("src.m").one() == 1) require "src.n"',
  "test/c.lua": 'require "src.n"',
};

test("a change runs the files that it touches, and the coverage stays that of all", async () => {
  const { folder, after, write, end } = startWatch(files);
  const hits = () => {
    const coverage = readCoverage(path.join(folder, ".nyc_output"));
    return [coverage[path.join(folder, "src/m.lua")]?.f[0], coverage[path.join(folder, "src/n.lua")]?.s[0]];
  };
  const all = "✔ test/a.lua (N ms)\n✔ test/b.lua (N ms)\n✔ test/c.lua (N ms)\n\n3 passed, 0 failed";
  expect(await after(() => {})).toBe(all);
  expect(hits()).toEqual([2, 2]);

  const changedTest = write("test/c.lua", 'require "src.n" print("changed")');
  expect(await after(changedTest)).toBe("changed\n✔ test/c.lua (N ms)\n\n1 passed, 0 failed");
  expect(hits()).toEqual([2, 2]);

  const broken = files["src/m.lua"].replace("return 1", "return 3");
  expect(await after(write("src/m.lua", broken))).toMatch(
    /^✖ test\/a\.lua [\s\S]*\n✖ test\/b\.lua [\s\S]*\n0 passed, 2 failed$/,
  );
  // Of b nothing ran behind its assertion.
  expect(hits()).toEqual([2, 1]);
  expect(await after(write("src/m.lua", files["src/m.lua"]))).toMatch(
    /^✔ test\/a.*\n✔ test\/b.*\n\n2 passed/,
  );

  const made = write("test/d.lua", 'assert(require("src.m").one() == 1)');
  expect(await after(made)).toBe("✔ test/d.lua (N ms)\n\n1 passed, 0 failed");
  expect(hits()).toEqual([3, 2]);

  // What is gone no longer counts, which the next run shows.
  const removed = () => {
    rmSync(path.join(folder, "test/b.lua"));
    rmSync(path.join(folder, "test/d.lua"));
  };
  removed();
  expect(await after(write("test/c.lua", "print 'again'"))).toBe(
    "again\n✔ test/c.lua (N ms)\n\n1 passed, 0 failed",
  );
  expect(hits()).toEqual([1, undefined]);
  expect(await end()).toBe(130);
});

test("a missing module that appears runs the tests that failed", async () => {
  const { after, write, end } = startWatch({
    "test/a.lua": 'require "src.m"',
    "test/b.lua": 'require "src.other"',
    "src/other.lua": "return 1",
  });
  expect(await after(() => {})).toContain("1 passed, 1 failed");
  expect(await after(write("src/m.lua", "return 1"))).toBe("✔ test/a.lua (N ms)\n\n1 passed, 0 failed");
  expect(await end()).toBe(130);
});

test("a file that a test writes for itself starts nothing", async () => {
  const { after, write, end } = startWatch({
    "src/m.lua": "return 1",
    "test/a.lua": `require "src.m" local file = io.open("made.lua", "w") file:write("return 1") file:close()
      dofile("made.lua")`,
  });
  await after(() => {});
  expect(await after(write("src/m.lua", "return 2"))).toBe("✔ test/a.lua (N ms)\n\n1 passed, 0 failed");
  expect(await end()).toBe(130);
});

const green = "✔ test/a.lua (N ms)\n\n1 passed, 0 failed";
const isRed = expect.stringMatching(/^✖ test\/a\.lua [\s\S]*\n\n0 passed, 1 failed$/);

test("what is red for a syntax error or a missing module turns green when that is mended, alone", async () => {
  const source = files["src/m.lua"];
  const { folder, after, write, end } = startWatch({
    ...files,
    "test/a.lua": 'assert(require("src.m").one() == 1)',
    "test/b.lua": 'pcall(require, "src.optional")',
  });
  const at = (name: string) => path.join(folder, name);
  const syntaxError = write("src/m.lua", "return {");
  await after(() => {});
  const steps: readonly (readonly [doing: () => void, seen: unknown])[] = [
    [syntaxError, isRed],
    [write("src/m.lua", "return }"), isRed],
    [write("src/m.lua", source), green],
    [() => rmSync(at("src/m.lua")), isRed],
    [write("src/m.lua", source), green],
    [write("test/a.lua", "assert("), isRed],
    [write("test/a.lua", 'require "src.later"'), isRed],
    [write("src/later.lua", "return 1"), green],
    [write("src/optional.lua", "return 1"), green.replace("a.lua", "b.lua")],
  ];
  for (const [index, [doing, seen]] of steps.entries()) {
    expect([index, await after(doing)]).toEqual([index, seen]);
  }
  expect(await after(() => renameSync(at("src"), at("moved")))).toContain("✖ test/a.lua");
  expect(await after(() => renameSync(at("moved"), at("src")))).toContain("✔ test/a.lua");
  expect(await end()).toBe(130);
});

test("a change in a folder that is a link is one of the file that was loaded", async () => {
  const { folder, after, write, end } = startWatch({ "code/m.lua": "return 1", "test/a.lua": "" });
  symlinkSync("code", path.join(folder, "src"));
  await after(() => {});
  expect(await after(write("test/a.lua", 'assert(require "src.m" == 1)'))).toBe(green);
  expect(await after(write("src/m.lua", "return 2"))).toEqual(isRed);
  expect(await after(write("src/m.lua", "return"))).toEqual(isRed);
  expect(await after(write("src/m.lua", "return 1"))).toBe(green);
  expect(await end()).toBe(130);
});

test("a helper that is broken, and mended, runs the specs that it prepares", async () => {
  const { after, write, end } = startWatch(
    { "spec/a_spec.lua": 'it("a", function() assert(helped) end)', "spec/help.lua": "helped = = true" },
    "--helper",
    "spec.help",
  );
  expect(await after(() => {})).toContain("0 passed, 1 failed");
  expect(await after(write("spec/help.lua", "helped = true"))).toContain("1 passed, 0 failed");
  expect(await after(write("spec/help.lua", "error('no')"))).toContain("0 passed, 1 failed");
  expect(await after(write("spec/help.lua", "helped = true return 1"))).toContain("1 passed, 0 failed");
  expect(await end()).toBe(130);
});

test("a configuration that is broken is told, and read again when it is mended", async () => {
  const { after, write, end } = startWatch({
    "spec/a_spec.lua": 'it("is #fast", function() end) it("is #slow", function() end)',
    ".busted": "return {}",
    ".nycrc.json": "{}",
  });
  const reason = "ERROR: Cannot read the configuration";
  expect(await after(() => {})).toContain("2 passed, 0 failed");
  expect(await after(write(".busted", "return {"))).toContain(reason);
  expect(
    await after(write("spec/a_spec.lua", 'it("is #fast", function() end) it("#slow", function() end)')),
  ).toContain(reason);
  expect(await after(write(".busted", "return { default = { tags = 'fast' } }"))).toContain(
    "1 passed, 0 failed",
  );
  expect(await after(write(".nycrc.json", '{ "lines": "many" }'))).toContain('ERROR: "lines" in ');
  expect(await after(write(".nycrc.json", "{}"))).toContain("1 passed, 0 failed");
  expect(await after(write(".nycrc.json", '{ "tags": ["slow", "fast"] }'))).toContain("2 passed, 0 failed");
  expect(await after(write(".nycrc.json", '{ "temp-dir": "other" }'))).toBe(
    ".nycrc.json has changed; start the watch again for it to count",
  );
  expect(await end()).toBe(130);
});

vitestTest.for([
  ["luacov-ts.config.mjs", "export default "],
  ["luacov-ts.config.cjs", "module.exports = "],
  ["luacov-ts.config.json", ""],
] as const)("another configuration in %s counts, and one that was before", async ([name, before]) => {
  const text = (reporter: string) => `${before}{ "reporter": ["${reporter}"] }`;
  const { after, write } = watchIn(
    makeProject({ "src/m.lua": "return 1", "test/a.lua": 'require "src.m"', [name]: text("none") }),
    [],
  );
  const isTable = expect.stringMatching(/^ m\.lua /m);
  expect(await after(() => {})).toBe(green);
  expect(await after(write(name, text("text")))).toEqual(isTable);
  expect(await after(write(name, text("none")))).toBe(green);
});

test("of a file of which tests at a line are asked for, no others run", async () => {
  const spec = (more: string) =>
    `local m = require "src.m" it("one", function() end)\nit("two", function() ${more} end)`;
  const { after, write, end } = startWatch(
    { "src/m.lua": "return 1", "spec/a_spec.lua": spec(""), "spec/b_spec.lua": spec("") },
    "spec/a_spec.lua:2",
    "spec/b_spec.lua",
  );
  expect(await after(() => {})).toContain("3 passed, 0 failed");
  expect(await after(write("spec/a_spec.lua", spec("assert(m)")))).toBe(
    "✔ two\n✔ spec/a_spec.lua  1 test (N ms)\n\n1 passed, 0 failed",
  );
  expect(await end()).toBe(130);
});

test("with --by-test, the coverage stays that of all from the first change on", async () => {
  const { folder, after, write, end } = startWatch(files, "--by-test");
  await after(() => {});
  expect(await after(write("test/c.lua", 'require "src.n" print "changed"'))).toContain(
    "✔ test/c.lua (N ms)\n\n3 passed, 0 failed (2 unchanged)",
  );
  expect(Object.keys(readCoverage(path.join(folder, ".nyc_output"))).length).toBe(2);
  expect(await end()).toBe(130);
});

test("a setup file that is gone is told, and everything runs once it is back", async () => {
  const { folder, after, write, end } = startWatch(
    { "src/m.lua": "return ready", "test/a.lua": 'assert(require "src.m")', "setup.lua": "ready = true" },
    "--setup",
    "setup.lua",
  );
  expect(await after(() => {})).toBe(green);
  expect(await after(() => rmSync(path.join(folder, "setup.lua")))).toBe(
    "ERROR: The setup file setup.lua cannot be used: there is no such file",
  );
  expect(await after(write("setup.lua", "ready = true"))).toBe(green);
  expect(await end()).toBe(130);
});

test("a named test file that is gone does not take the others with it", async () => {
  const { folder, after, write, end } = startWatch(files, "test/a.lua", "test/c.lua");
  await after(() => {});
  rmSync(path.join(folder, "test/c.lua"));
  expect(await after(write("src/m.lua", `${files["src/m.lua"]}\n`))).toBe(green);
  expect(await after(write("test/c.lua", "local x = 1"))).toBe(green.replace("a.lua", "c.lua"));
  expect(await end()).toBe(130);
});

test("Ctrl-C ends a watch in the midst of a run, too", async () => {
  const { after, end } = startWatch({ "test/a.lua": "print('begun') while true do end" });
  await after(() => {}, "begun\n");
  expect(await end()).toBe(130);
});

test("--watch takes no --shard", async () => {
  const folder = makeFolder(files);
  const { code, stderr } = await runCli(folder, ["--watch", "--shard", "1/2"]);
  expect(stderr).toBe(
    "ERROR: --watch runs whatever a change touches, so it takes no --shard; see luacov-ts --help\n",
  );
  expect(code).toBe(2);
});

test("a watch says of the test record what a run says", async () => {
  const { after, end } = startWatch({ ...files, ".nyc_output/luacov-ts/tests.json": "{" });
  expect(await after(() => {})).toMatch(
    /WARNING: The test record .*tests\.json cannot be used and is made anew: /,
  );
  expect(await end()).toBe(130);
});
