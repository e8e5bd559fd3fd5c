import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";
import { makeRepository } from "../support/repository.js";
import { testWith } from "../support/tools.js";

const files = {
  "src/a.lua": "local A = {}\nfunction A.one() return 1 end\nfunction A.two() return 2 end\nreturn A\n",
  "spec/one_spec.lua": 'it("one", function() assert.equal(1, require "src.a".one()) end)\n',
  "spec/two_spec.lua": 'it("two", function() assert.equal(2, require "src.a".two()) end)\n',
};

const quiet = ["--reporter", "none"];

function edit(folder: string, from: string, to: string): void {
  const file = path.join(folder, "src/a.lua");
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

testWith()("results of earlier runs are in every report, and say so", async () => {
  const folder = makeProject(files);
  await runCli(folder, ["--changed", ...quiet]);
  edit(folder, "return 2", "return 1 + 1");
  const reporters = ["json=r.json", "tap=r.tap", "junit=r.xml", "default"].flatMap((each) => [
    "--test-reporter",
    each,
  ]);
  const { code, stdout } = await runCli(folder, ["--changed", ...quiet, ...reporters]);
  expect(code).toBe(0);
  expect(stdout).toContain("2 passed, 0 failed (1 unchanged)");
  expect(stdout).not.toContain("one_spec");
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
  const { totals, files: told } = JSON.parse(read("r.json"));
  expect(totals.success).toBe(2);
  const unchanged = told.map(({ file, results }: { file: string; results: { unchanged?: boolean }[] }) => [
    path.basename(file),
    results.map((result) => result.unchanged ?? false),
  ]);
  expect(unchanged).toEqual([
    ["two_spec.lua", [false]],
    ["one_spec.lua", [true]],
  ]);
  expect(read("r.tap").match(/unchanged: true/g)).toHaveLength(1);
  expect(read("r.xml").match(/<property name="unchanged" value="true"\/>/g)).toHaveLength(1);
});

/** One saves what another one looks for in vain, which a third one writes in turn. */
const saving = {
  "src/m.lua": "return { save = function(name) end }\n",
  "spec/aa_spec.lua": 'it("saves", function() require "src.m".save("data/saved.txt") end)\n',
  "spec/bb_spec.lua":
    'it("copies", function()\n  local file = io.open("data/saved.txt")\n  if file then io.open("data/copy.txt", "w"):close() end\nend)\n',
  "spec/cc_spec.lua": 'it("finds none", function() assert.is_nil((io.open("data/copy.txt"))) end)\n',
  "spec/dd_spec.lua": 'it("reads another", function() assert.is_nil((io.open("data/other.txt"))) end)\n',
  "data/kept.txt": "",
};

const savingLuas = [
  ["fengari"],
  ["5.4"],
  ["lua5.1", "lua5.1"],
  ["lua5.4", "lua5.4"],
  ["luajit", "luajit"],
] as const;

for (const [lua, ...tools] of savingLuas) {
  testWith(...tools)(`what is written meanwhile has those run that depend on it, in ${lua}`, async () => {
    const folder = makeProject(saving);
    expect((await runCli(folder, ["--lua", lua, "--changed", ...quiet])).code).toBe(0);
    writeFileSync(
      path.join(folder, "src/m.lua"),
      'return { save = function(name) io.open(name, "w"):close() end }\n',
    );
    const { code, stdout, stderr } = await runCli(folder, ["--lua", lua, "--changed", ...quiet]);
    expect(code).toBe(1);
    expect(stdout).toContain("3 passed, 1 failed (1 unchanged)");
    expect(stderr).toContain("Changed: 3 of 4 test files run");
    expect(stderr).toContain("spec/bb_spec.lua: data/saved.txt, which it looked for in vain, is there now");
    expect(stderr).toContain("spec/cc_spec.lua: data/copy.txt, which it looked for in vain, is there now");
    const again = await runCli(folder, ["--lua", lua, "--changed", ...quiet]);
    expect(again.stderr).toContain("spec/cc_spec.lua: it failed in its last run");
  });
}

testWith()("a failed test runs again, and one that is asked for by its line", async () => {
  const folder = makeProject(files);
  edit(folder, "return 2", "return 3");
  expect((await runCli(folder, ["--changed", ...quiet])).code).toBe(1);
  const again = await runCli(folder, ["--changed", ...quiet]);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain("1 of 2 test files runs");
  expect(again.stderr).toContain("spec/two_spec.lua: it failed in its last run");
  const line = await runCli(folder, ["--changed", ...quiet, "spec/one_spec.lua:1"]);
  expect(line.stderr).toContain("spec/one_spec.lua: it is asked for by its line");
  const both = await runCli(folder, ["--changed", "--rerun-failed", ...quiet]);
  expect(both.code).toBe(2);
  expect(both.stderr).toContain(
    "--changed runs what failed in the last run anyway, so it takes no --rerun-failed",
  );
});

testWith("git")("a commit's differences count, too, and a list has the reasons", async () => {
  const { folder } = makeRepository({ ...files, ".gitignore": ".nyc_output\n" });
  edit(folder, "return 2", "return 1 + 1");
  await runCli(folder, ["--changed", ...quiet]);
  expect((await runCli(folder, ["--changed", ...quiet])).stderr).toContain("0 of 2 test files run");
  const { stdout, stderr } = await runCli(folder, ["--list", "--changed", "HEAD"]);
  expect(stdout).toBe("spec/two_spec.lua:1: two\n");
  expect(stderr).toContain("1 test of it calls the function of src/a.lua:3, which has changed since HEAD");
  const unknown = await runCli(folder, ["--changed=nothing", ...quiet]);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('--changed names "nothing", which is no commit, branch or tag here');
});

testWith("lua5.4")("with the hook it goes by files, and all is in the coverage", async () => {
  const folder = makeProject({
    ...files,
    "src/b.lua": "return 5\n",
    "spec/b_spec.lua": 'it("b", function() assert.equal(5, require "src.b") end)\n',
  });
  const hook = ["--lua", "lua5.4", "--collector", "hook", "--reporter", "json"];
  await runCli(folder, ["--changed", ...hook]);
  edit(folder, "return 2", "return 1 + 1");
  const { stderr } = await runCli(folder, ["--changed", ...hook]);
  expect(stderr).toContain("--changed goes by files with --collector hook");
  expect(stderr).toContain("2 of 3 test files run");
  const map = () => readFileSync(path.join(folder, "coverage/coverage-final.json"), "utf8");
  const changed = map();
  await runCli(folder, hook);
  expect(changed).toBe(map());
});
