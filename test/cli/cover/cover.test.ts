import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { both, coverageIn, linesOf } from "../../support/cover.js";
import { makeFolder } from "../../support/folder.js";
import { type ToolName, testWith, toolPath } from "../../support/tools.js";

const luas = ["lua5.1", "lua5.2", "lua5.3", "lua5.4", "luajit"] as const;
const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

const mod = `local M = {}
function M.size(n)
  if n > 10 then
    return "big"
  elseif n > 5 then
    return "middle"
  end
  return n < 0 and "negative" or "small"
end
return M
`;

/** A test for each Lua. */
function inEachLua(title: string, body: (lua: (typeof luas)[number]) => Promise<void>): void {
  for (const lua of luas) testWith(lua)(`${title}: ${lua}`, () => body(lua));
}

inEachLua("a program runs as without, and is measured", async (lua) => {
  const files = {
    "main.lua": `package.path = "./?.lua;" .. package.path
local m = require "mod"
print(m.size(11), m.size(1), arg[0], ...)
io.stderr:write("error\\n")
os.exit(7)
`,
    "mod.lua": mod,
  };
  const { coverage, plain, covered } = await both(files, lua, ["main.lua", "a", "b c"]);
  expect(covered).toEqual(plain);
  expect(covered.code).toBe(7);
  expect(linesOf(coverage, "main.lua")).toEqual([1, 1, 1, 1, 1]);
  expect(linesOf(coverage, "mod.lua")).toEqual([1, 1, 2, 1, null, 0, null, 1, null, 1]);
});

inEachLua("an error ends a program as without, with its traceback", async (lua) => {
  const files = {
    "main.lua": `package.path = "./?.lua;" .. package.path
local m = require "mod"
print(m.size({}))
`,
    "mod.lua": mod,
  };
  const { coverage, plain, covered } = await both(files, lua, ["main.lua"]);
  expect(covered).toEqual(plain);
  expect(covered.code).toBe(1);
  expect(linesOf(coverage, "mod.lua")).toEqual([1, 1, 1, 0, null, 0, null, 0, null, 1]);
});

testWith("lua5.3")("the map is the one of the embedded Lua", async () => {
  const files = {
    "main.lua": `local m = require "mod"
for i = -1, 12 do local size = m.size(i) end
local ok, message = pcall(function() error("x") end)
goto done
print "never"
::done::
return message and ok or nil
`,
    "mod.lua": mod,
  };
  const [one, other] = [makeFolder(files), makeFolder(files)];
  await runCli(one, ["--reporter", "none", "run", "main.lua"]);
  await runCli(other, ["--reporter", "none", "cover", "lua5.3", "main.lua"]);
  expect(coverageIn(other)).toEqual(coverageIn(one));
});

inEachLua("programs that a program starts are measured, each into a file of its own", async (lua) => {
  const files = {
    "mod.lua": mod,
    "child.lua": `package.path = "./?.lua;" .. package.path
require("mod").size(tonumber(arg[1]))`,
    "main.lua": `for i = 1, 3 do os.execute("${lua} child.lua " .. i * 4) end
local p = {}
for i = 1, 3 do p[i] = io.popen("${lua} child.lua " .. -i) end
for i = 1, 3 do p[i]:close() end`,
  };
  const { coverage, plain, covered } = await both(files, lua, ["main.lua"]);
  expect(covered).toEqual(plain);
  expect(linesOf(coverage, "mod.lua")).toEqual([6, 6, 6, 1, null, 1, null, 4, null, 6]);
});

inEachLua("a copy elsewhere counts as the file in the project, by its text", async (lua) => {
  const installed = makeFolder({ "share/mod.lua": mod });
  const main = `package.path = "${installed}/share/?.lua;" .. package.path
print(require("mod").size(6))`;
  const { coverage, plain, covered } = await both({ "main.lua": main, "src/mod.lua": mod }, lua, [
    "main.lua",
  ]);
  expect(covered).toEqual(plain);
  expect(linesOf(coverage, "src/mod.lua")).toEqual([1, 1, 1, 0, null, 1, null, 0, null, 1]);
});

inEachLua("two files with one text have counters of their own", async (lua) => {
  const files = {
    "main.lua": 'dofile("a.lua").size(1) dofile("b/a.lua") dofile("b/a.lua")',
    "a.lua": mod,
    "b/a.lua": mod,
  };
  const { coverage, covered } = await both(files, lua, ["main.lua"]);
  expect(covered.code).toBe(0);
  expect([linesOf(coverage, "a.lua")[0], linesOf(coverage, "a.lua")[2]]).toEqual([1, 1]);
  expect([linesOf(coverage, "b/a.lua")[0], linesOf(coverage, "b/a.lua")[2]]).toEqual([2, 0]);
});

inEachLua("a file with another text than at the beginning runs as it is, with a warning", async (lua) => {
  const files = {
    "main.lua": `local f = io.open("a.lua", "w") f:write("return 'new'") f:close()
print(dofile("a.lua"))`,
    "a.lua": "return 'old'",
  };
  const { coverage, covered } = await both(files, lua, ["main.lua"]);
  const message =
    "WARNING: a.lua was loaded with another text than when the command began; what ran of it is left out";
  expect([covered.code, covered.stdout, covered.stderr]).toEqual([0, "new\n", `${message}\n`]);
  expect(linesOf(coverage, "a.lua")).toEqual([]);
});

testWith("lua5.4")(
  "what ran by lines in one process is added to what probes counted in another",
  async () => {
    const files = {
      "mod.lua": mod,
      "probed.lua": `require "mod".size(3)`,
      "plain.lua": `getmetatable("").__index = function(_, key) return key ~= "luacov_ts" and string[key] or nil end require "mod".size(3)`,
    };
    const runs = ["probed plain", "probed", "plain"].map(async (names) => {
      const folder = makeFolder(files);
      const programs = names.split(" ").map((name) => `${toolPath("lua5.4")} ${name}.lua`);
      const command = ["sh", "-c", programs.join(" && ")];
      const { stderr } = await runCli(folder, ["--reporter", "none", "cover", "--", ...command]);
      return { stderr, lines: linesOf(coverageIn(folder), "mod.lua"), data: coverageIn(folder)["mod.lua"] };
    });
    const [both, probed, plain] = await Promise.all(runs);
    const reason = "mod.lua ran as it is, since its copy with counters could not take its place";
    expect(probed?.stderr).toBe("");
    expect(plain?.stderr).toBe(`WARNING: ${reason}; it is measured by lines only\n`);
    expect(both?.stderr).toBe(`WARNING: ${reason}; of that, only lines and functions count\n`);
    expect(both?.lines).toEqual(
      probed?.lines.map((count, line) => (count === null ? null : count + (plain?.lines[line] ?? 0))),
    );
    expect(both?.data?.f).toEqual({ 0: 2 });
    expect(both?.data?.b).toEqual(probed?.data?.b);
  },
);

testWith("lua5.4")("of a process that is killed, most is counted, and it is said", async () => {
  const files = {
    "mod.lua": mod,
    "main.lua": `package.path = "./?.lua;" .. package.path
local m = require "mod"
local id = io.open("/proc/self/stat"):read("*n")
local start = os.time()
while os.time() < start + 4 do m.size(os.time()); (function(...) return { ... } end)(m) end
os.execute("kill -9 " .. id)`,
  };
  const folder = makeFolder(files);
  const { code, stderr } = await runCli(folder, ["--reporter", "none", "cover", "lua5.4", "main.lua"]);
  expect(code).toBe(137);
  const killed =
    /^WARNING: 1 of 1 Lua process did not come to an end that could be seen; the last \d+ seconds? before may not be counted\n$/;
  expect(stderr).toMatch(killed);
  expect(linesOf(coverageIn(folder), "mod.lua")[3]).toBeGreaterThan(0);
});

test.each([
  [["sh", "-c", "exit 3"], 3, ""],
  [["sh", "-c", "kill -TERM $$"], 143, ""],
  [
    ["./plain.txt"],
    2,
    'ERROR: Cannot start "./plain.txt": it may not be executed, or a folder of PATH may not be read\n',
  ],
  [["no-such-command"], 2, 'ERROR: Cannot start "no-such-command": there is no such command\n'],
  [[], 2, "ERROR: cover takes a command, as in: luacov-ts cover -- busted; see luacov-ts --help\n"],
] as const)("the exit code of %j is %d", async (command, code, message) => {
  const folder = makeFolder({ "plain.txt": "" });
  const result = await runCli(folder, ["--reporter", "none", "cover", "--", ...command]);
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(message);
});

test("what the system is to hold has no sandbox", async () => {
  const { code, stderr } = await runCli(makeFolder({}), ["--sandbox", "cover", "--", "true"]);
  expect([code, stderr]).toEqual([
    2,
    "ERROR: cover runs a command of the system's, which --sandbox cannot hold; use it with run or with tests\n",
  ]);
});

testWith("lua5.4")("input passes through, and options behind the command are the command's", () => {
  const folder = makeFolder({ "a.lua": 'print(io.read("a"), ...)' });
  const { stdout, status } = spawnSync(
    process.execPath,
    [bin, "cover", "--reporter", "none", "lua5.4", "a.lua", "--reporter", "--", "-x"],
    { cwd: folder, input: "from\noutside", encoding: "utf8" },
  );
  expect([stdout, status]).toEqual(["from\noutside\t--reporter\t--\t-x\n", 0]);
});

testWith("lua5.4")(
  "thresholds and problems make a command that succeeded fail, none that failed",
  async () => {
    const folder = makeFolder({ "a.lua": "print(1)\nif x then\n  print(x)\nend", "b.lua": "os.exit(9)" });
    const check = ["--reporter", "none", "--check-coverage", "--lines", "100", "cover", "lua5.4"];
    const low = await runCli(folder, [...check, "a.lua"]);
    expect([low.code, low.stderr]).toEqual([
      1,
      "ERROR: Coverage for lines (66.66%) does not meet global threshold (100%)\n",
    ]);
    expect((await runCli(folder, [...check, "b.lua"])).code).toBe(9);
    writeFileSync(path.join(folder, "c.lua"), "x = = 1");
    // What no Lua reads has not run: it counts where all sources do.
    const plain = await runCli(folder, ["--reporter", "none", "cover", "lua5.4", "a.lua"]);
    expect([plain.code, plain.stderr]).toEqual([0, ""]);
    const broken = await runCli(folder, ["--reporter", "none", "--all", "cover", "lua5.4", "a.lua"]);
    expect([broken.code, broken.stderr]).toEqual([
      1,
      "ERROR: c.lua:1: unexpected symbol near '=': the file cannot be analysed\n",
    ]);
  },
);

testWith("lua5.1", "lua5.4")("code of tests is not measured, and what nothing loads counts", async () => {
  const folder = makeFolder({
    "a.lua": "return 1",
    "new.lua": "local x <const> = 1\nreturn x",
    "spec/a_spec.lua": 'dofile "a.lua"',
  });
  const { code, stderr } = await runCli(folder, [
    "--reporter",
    "none",
    "--all",
    "cover",
    "lua5.1",
    "spec/a_spec.lua",
  ]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(Object.keys(coverageIn(folder))).toEqual(["a.lua", "new.lua"]);
  expect(coverageIn(folder)["new.lua"]?.all).toBe(true);
  await runCli(folder, ["--reporter", "none", "cover", "lua5.1", "spec/a_spec.lua"]);
  expect(Object.keys(coverageIn(folder))).toEqual(["a.lua"]);
});

testWith("lua5.1", "lua5.3")("what LUA_INIT held runs as before, for each Lua its own", async () => {
  const folder = makeFolder({ "init.lua": 'print("5.3", ...)', "a.lua": 'print(os.getenv("LUA_INIT"))' });
  const run = (lua: ToolName, environment: Record<string, string>) =>
    runCli(folder, ["--reporter", "none", "cover", lua, "-e", ""], environment);
  const environment = { LUA_INIT: 'print("any", ...)', LUA_INIT_5_3: "@init.lua" };
  expect((await run("lua5.1", environment)).stdout).toBe("any\n");
  expect((await run("lua5.3", environment)).stdout).toBe("5.3\n");
  expect((await run("lua5.3", { LUA_INIT: "error 'no'" })).code).toBe(1);
});

testWith("lua5.3")("copies are kept for the next run, and made again where one is damaged", async () => {
  const folder = makeFolder({ "a.lua": "print(1)", "node_modules/x/y.lua": "" });
  const run = () => runCli(folder, ["--reporter", "none", "cover", "lua5.3", "a.lua"]);
  const cache = path.join(folder, "node_modules/.cache/luacov-ts/probes");
  await run();
  const [version = ""] = readdirSync(cache);
  const [copy = "", ...others] = readdirSync(path.join(cache, version));
  expect(others).toEqual([]);
  for (const damaged of ["", "1 2 same x\nos.exit(3)", "no"]) {
    writeFileSync(path.join(cache, version, copy), damaged);
    expect(await run()).toEqual({ code: 0, stdout: "1\n", stderr: "" });
    expect(linesOf(coverageIn(folder), "a.lua")).toEqual([1]);
  }
});

testWith("lua5.4")("a command in a command is measured for itself", async () => {
  const folder = makeFolder({ "a.lua": "print(1)", "b/b.lua": "print(2)" });
  const inner = `cd b && ${process.execPath} ${bin} cover --reporter none lua5.4 b.lua`;
  const { code } = await runCli(folder, [
    "--reporter",
    "none",
    "cover",
    "--",
    "sh",
    "-c",
    `lua5.4 a.lua; ${inner}`,
  ]);
  expect(code).toBe(0);
  expect(linesOf(coverageIn(folder), "a.lua")).toEqual([1]);
  expect(linesOf(coverageIn(path.join(folder, "b")), "b.lua")).toEqual([1]);
});

test("the embedded Lua measures by itself, also beneath another command", async () => {
  const folder = makeFolder({ "a.lua": "return 1" });
  const inner = ["run", "--reporter", "none", "--temp-dir", "inner", "a.lua"];
  const { stderr } = await runCli(
    folder,
    ["--reporter", "none", "cover", "--", process.execPath, bin, ...inner],
    { LUA_INIT: "io.stderr:write('user\\n')" },
  );
  const nothing = "WARNING: Nothing that ran is a measured file, so there is no coverage to report\n";
  expect(stderr).toBe(`user\n${nothing}`);
  expect(existsSync(path.join(folder, "inner"))).toBe(true);
});

test("agent prints the path of a file that is there", async () => {
  const { code, stdout } = await runCli(makeFolder({}), ["agent"]);
  expect([code, existsSync(stdout.trimEnd())]).toEqual([0, true]);
});
