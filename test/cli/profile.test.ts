import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const files = {
  "src/m.lua": `local M = {}
function M.slow(n)
  local x = 0
  for i = 1, n do x = x + i end
  return x
end
return M
`,
  "test/a.lua": 'local m = dofile "src/m.lua"\nfor i = 1, 3 do assert(m.slow(100000) > 0) end\n',
  "run.lua": 'print("given", ...)\nfor i = 1, 2000000 do end\nos.exit(3)\n',
};

/** Times and figures depend on the machine. */
function withoutTimes(text: string): string {
  return text.replace(/\d[\d.,]* (µs|ms|s)\b/g, "T").replace(/[\d,]+ samples/g, "N samples");
}

test("profile runs a script as lua does, and shows where its time went", async () => {
  const folder = makeFolder(files);
  const { code, stdout, stderr } = await runCli(folder, ["profile", "run.lua", "--", "a", "b"]);
  expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  expect(stdout.startsWith("given\ta\tb\n")).toBe(true);
  expect(withoutTimes(stdout)).toMatch(/^Sampled \(N samples, one in [\d,]+ instructions\): T in all/m);
  expect(stdout).toMatch(/100\.0 \| +[\d.]+ (ms|s) +\| \(main chunk\) {2}run\.lua/);
  expect(existsSync(path.join(folder, "coverage"))).toBe(false);
});

test("whatever becomes of its profile, a script has ended with a code of its own", async () => {
  const folder = makeFolder({ "run.lua": 'io.open("taken", "w"):close() os.exit(3)' });
  const options = ["--profile-reporter", "dot", "--report-dir", "taken"];
  const { code, stderr } = await runCli(folder, ["profile", ...options, "run.lua"]);
  expect([code, stderr]).toEqual([3, expect.stringMatching(/^ERROR: Cannot write to .*taken/)]);
});

test.for(["fengari", "5.1", "5.4"])("nothing of what runs a script in %s is in its profile", async (lua) => {
  const folder = makeFolder({ "run.lua": 'local x = string.rep("x", 3)\n' });
  const options = ["--lua", lua, "--profile-mode", "exact", "--profile-reporter", "collapsed"];
  expect(await runCli(folder, ["profile", ...options, "run.lua"])).toMatchObject({ code: 0, stderr: "" });
  const stacks = readFileSync(path.join(folder, "coverage/profile.collapsed.txt"), "utf8")
    .trimEnd()
    .split("\n");
  const names = stacks
    .map((line) => line.replace(/ \d+$/, ""))
    .filter((line) => !line.endsWith("string.rep@[C]"));
  expect(names).toEqual(["(main_chunk)@run.lua"]);
});

test("profile runs tests, and leaves the coverage of the last run as it is", async () => {
  const folder = makeFolder(files);
  await runCli(folder, ["--reporter", "none"]);
  const maps = () => readdirSync(path.join(folder, ".nyc_output")).filter((name) => name.endsWith(".json"));
  const before = maps();
  const { code, stdout } = await runCli(folder, ["profile", "--profile-mode", "exact"]);
  expect(code).toBe(0);
  expect(stdout).toContain("1 passed, 0 failed");
  expect(stdout).toMatch(/\| +3 \| +[^|]+ \| M\.slow +src\/m\.lua:2/);
  expect(stdout).not.toContain("% Stmts");
  expect(maps()).toEqual(before);
});

test("a run with --profile has both, with the calls that coverage has counted; report and annotate show it again", async () => {
  const folder = makeFolder(files);
  const run = await runCli(folder, [
    "--profile",
    "--profile-reporter",
    "table",
    "--profile-reporter",
    "speedscope",
    "--reporter",
    "text",
  ]);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/\| +3 \| +[^|]+ \| M\.slow +src\/m\.lua:2/);
  expect(run.stdout).toContain("% Stmts");
  const speedscope = readFileSync(path.join(folder, "coverage/profile.speedscope.json"), "utf8");
  expect(JSON.parse(speedscope)).toMatchObject({ shared: { frames: expect.any(Array) } });
  const again = await runCli(folder, ["report", "--profile", "--reporter", "none"]);
  expect(withoutTimes(again.stdout)).toContain("Sampled (N samples");
  const annotated = await runCli(folder, ["annotate", "--profile", "src/m.lua"]);
  expect(annotated.stdout).toMatch(
    /^ *4 +\d+ [\d.]+ (ms|s) +[\d.]+ % \| {3}for i = 1, n do x = x \+ i end$/m,
  );
});

test("what cannot be is told in a sentence", async () => {
  const folder = makeFolder(files);
  expect(await runCli(folder, ["report", "--profile"])).toMatchObject({
    code: 1,
    stderr:
      "ERROR: There is no profile in <folder>/.nyc_output; a run with --profile leaves one, as does luacov-ts profile\n",
  });
  expect((await runCli(folder, ["profile", "--profile-mode", "all"])).stderr).toMatch(
    /^ERROR: .*profileMode.*"sampling", "exact", "memory"/,
  );
  const unchecked = await runCli(folder, ["--no-coverage", "--check-coverage"]);
  expect(unchecked).toMatchObject({ code: 0, stdout: expect.stringContaining("1 passed") });
  expect(unchecked.stderr).toContain("The thresholds are not checked");
});

test.for([
  [["--collector", "hook"], "collector hook"],
  [["--profile", "--profile-mode", "exact"], "profile-mode exact"],
] as const)("a limit of instructions does not go with %s", async ([args, what]) => {
  const folder = makeFolder(files);
  const { code, stderr } = await runCli(folder, ["--lua", "5.4", "--max-instructions", "1000", ...args]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(`max-instructions does not go with ${what}: `)]);
});
