import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { exitCode, runCli, startCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs } from "../../support/luaDifferences.js";

const project = {
  "package.json": "{}",
  "src/m.lua": "return function() end\n",
  "src/broken.lua": "return )",
  "test/a.lua": 'require "src.m" ()',
  "spec/a_spec.lua":
    'local f = require "src.m" describe("d", function() it("i", function() f() f() end) end)',
  "outside.txt": "",
};

/** How often the function of src/m.lua was called, by the last result; null for no such file in it. */
function calls(folder: string): number | null {
  return readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "src/m.lua")]?.f[0] ?? null;
}

/** What the reports hold: the time when they were written does not say more than their text. */
function reportOf(folder: string): string {
  return readFileSync(path.join(folder, "coverage/lcov.info"), "utf8");
}

/** Commands and, where it is ours, their exit code. */
const leavesAlone: readonly (readonly [name: string, args: readonly string[], code: number | null])[] = [
  ["help", ["--help"], 0],
  ["a version", ["--version"], 0],
  ["an unknown flag", ["--no-such-flag"], 2],
  ["a value out of range", ["--shard", "3/2"], 2],
  ["an unknown reporter", ["--reporter", "nothing", "test"], 2],
  ["an unknown test reporter", ["--test-reporter", "nothing", "test"], 2],
  ["a test reporter that cannot write", ["--test-reporter", "tap=outside.txt/tap", "test"], 2],
  ["a test file that is not there", ["test/none.lua"], 2],
  ["a filter that leaves no test", ["--filter", "nothing", "spec"], 1],
  ["nothing to run again", ["--rerun-failed", "test"], 0],
  ["a script that is not there", ["run", "none.lua"], 2],
  ["exec of a script that is not there", ["exec", "none.lua"], null],
  ["exec of what does not compile", ["exec", "-e", ")"], null],
  ["exec of an unknown option", ["exec", "-x"], null],
  ["the version of Lua", ["exec", "-v"], differs("Lua's own command line") ? null : 0],
  ["a text that loads nothing of the project", ["exec", "-e", "print(1)"], null],
  ["a report", ["report", "--reporter", "none"], 0],
  ["a report by an unknown reporter", ["report", "--reporter", "nothing"], 2],
  ["a report with an operand", ["report", "test"], 2],
  ["a check", ["check-coverage", "--lines", "0"], 0],
  ["a merge", ["merge", ".nyc_output", "sum.json"], 0],
  ["a merge onto its own input", ["merge", ".nyc_output", ".nyc_output/sum.json"], 2],
];

test("what is no run of its own, or comes to run nothing, leaves the last result as it was", async () => {
  const folder = makeFolder(project);
  await runCli(folder, ["test", "--reporter", "lcovonly"]);
  const state = () => [calls(folder), reportOf(folder), readdirSync(path.join(folder, ".nyc_output"))];
  const before = state();
  for (const [name, args, code] of leavesAlone) {
    const result = await runCli(folder, args);
    expect(code === null || result.code === code, `${name}: ${result.code} ${result.stderr}`).toBe(true);
    expect(state(), name).toEqual(before);
  }
}, 120_000);

test("a script outside of the project leaves the last result as it was", async () => {
  const folder = makeFolder(project);
  const elsewhere = makeFolder({ "p.lua": "print 'elsewhere'" });
  await runCli(folder, ["test", "--reporter", "none"]);
  const { stdout } = await runCli(folder, ["--reporter", "none", "run", path.join(elsewhere, "p.lua")]);
  expect([stdout, calls(folder)]).toEqual(["elsewhere\n", 1]);
});

test("what comes to run nothing brings no figures back that a killed run had replaced", async () => {
  const slowTest = 'io.open("here", "w"):close() while true do end';
  const folder = makeFolder({ ...project, "test/slow.lua": slowTest });
  await runCli(folder, ["test/a.lua", "--reporter", "none"]);
  const slow = startCli(folder, ["test/slow.lua", "--reporter", "none"]);
  await until(() => existsSync(path.join(folder, "here")));
  slow.kill("SIGKILL");
  await exitCode(slow);
  for (const args of [["report"], ["--filter", "nothing", "spec"], ["exec", "-e", "print(1)"]]) {
    await runCli(folder, args);
    const { code, stderr } = await runCli(folder, ["report"]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/the last run did not come to its end; run luacov-ts again\n$/),
    ]);
  }
  await runCli(folder, ["test/a.lua", "--reporter", "none"]);
  expect(calls(folder)).toBe(1);
  expect(readdirSync(path.join(folder, ".nyc_output/luacov-ts")).length).toBe(2);
});

/** Runs of their own: what they measured is the last result, though it may be nothing. */
const replaces: readonly (readonly [
  name: string,
  args: readonly string[],
  code: number,
  calls: number | null,
])[] = [
  ["tests", ["spec"], 0, 2],
  ["a script of the project", ["run", "test/a.lua"], 0, 1],
  ["tests that load no source", ["test/b.lua"], 1, null],
  ["a helper that fails", ["--helper", "src/broken.lua", "spec"], 1, null],
  ["a shard without files", ["--shard", "2/2", "test/a.lua"], 0, null],
];

test.for(replaces)("%s are the last result", async ([, args, code, count]) => {
  const folder = makeFolder({ ...project, "test/b.lua": "" });
  await runCli(folder, ["test/a.lua", "spec", "--reporter", "none"]);
  expect(calls(folder)).toBe(3);
  expect(await runCli(folder, [...args, "--reporter", "none"])).toMatchObject({ code });
  expect(calls(folder)).toBe(count);
});

const lua = fileURLToPath(new URL("../../../bin/luacov-ts-lua.js", import.meta.url));

/** Runs our `lua` to its end. */
async function runLua(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const child = spawn(process.execPath, [lua, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code]: unknown[] = await once(child, "close");
  return { code, output };
}

test.for([
  ["by itself", {}],
  ["as the child of a program that is gone", { LUACOV_TS_CHILDREN: "/nowhere/luacov-ts/0" }],
] as const)("lua %s measures nothing, says nothing and leaves nothing", async ([, environment]) => {
  const folder = makeFolder(project);
  expect(await runLua(folder, ["-e", 'require "src.m" print(1)'], environment)).toEqual({
    code: 0,
    output: "1\n",
  });
  expect(
    await runLua(folder, ["-e", "local n = setmetatable({}, {__mode = 'k'}) error('no', 0)"], environment),
  ).toMatchObject({
    code: 1,
    output: expect.stringMatching(/^lua: no\n/),
  });
  expect(existsSync(path.join(folder, ".nyc_output"))).toBe(false);
  await runCli(folder, ["test", "--reporter", "none"]);
  await runLua(folder, ["test/a.lua"], environment);
  expect(calls(folder)).toBe(1);
});

test("a child that outlives its parent leaves the parent's result alone, and no folder behind", async () => {
  const folder = makeFolder({
    ...project,
    "late.lua": 'repeat local f = io.open("go") until f require "src.m" ()',
    "test/a.lua":
      'require "src.m" () os.execute("(" .. arg[-1] .. " late.lua > late.txt 2>&1; touch done) &")',
  });
  const temporary = makeFolder({});
  await runCli(folder, ["test", "--reporter", "none"], { TMPDIR: temporary });
  writeFileSync(path.join(folder, "go"), "");
  await until(() => existsSync(path.join(folder, "done")));
  expect(calls(folder)).toBe(1);
  expect(readFileSync(path.join(folder, "late.txt"), "utf8")).toBe("");
  expect(readdirSync(temporary)).toEqual([]);
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a child that comes when what measures is gone runs as it is", async () => {
  const started = `io.popen("LUACOV_TS_AGENT=/nowhere/agent.lua " .. arg[-1] .. " -e 'print(1)' 2>&1")`;
  const folder = makeFolder({
    ...project,
    "test/a.lua": `require "src.m" () local said = ${started}:read "*a" assert(said == "1\\n", said)`,
  });
  const { code, stdout } = await runCli(folder, ["--lua", "5.4", "test/a.lua", "--reporter", "none"]);
  expect([code, stdout]).toEqual([0, expect.stringContaining("1 passed, 0 failed")]);
});
