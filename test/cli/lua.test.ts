import { chmodSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { exitCode, runCli, startCli } from "../support/cli.js";
import { coverageIn, linesOf } from "../support/cover.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const unix = test.skipIf(process.platform === "win32");

/** A module with a way for old Luas and one for new ones, and what tests it. */
const project = {
  "src/m.lua": `local M = {}
function M.age()
  if setfenv then
    return "old"
  end
  return "new"
end
return M
`,
  "test/age.lua": 'print(require("src.m").age(), ...)',
  "test/age_spec.lua": `local m = require "src.m"
describe("age", function()
  it("is old", function() assert.equal("old", m.age()) end)
  it("is known", function() assert.is_string(m.age()) end)
end)
`,
};

const two = testWith("lua5.1", "lua5.4");

/** The two Luas by the names that tests read. */
const luas = ["--lua", "lua5.1", "--lua", "lua5.4"] as const;

two("a suite runs in each Lua, and the map is that of all", async () => {
  const folder = makeFolder(project);
  const args = [...luas, "--reporter", "none", "--jobs", "2", "test/*.lua", "--", "given"];
  const { code, stdout } = await runCli(folder, args);
  expect(stdout.match(/^\w+\tgiven$/gm)).toEqual(["old\tgiven", "new\tgiven"]);
  expect(stdout).toContain("✔ test/age.lua (lua5.1) (N ms)");
  expect(stdout).toContain("✔ test/age.lua (lua5.4) (N ms)");
  expect(stdout).toContain("✔ test/age_spec.lua (lua5.1)  2 tests (N ms)");
  expect(stdout).toContain("✖ test/age_spec.lua (lua5.4)  2 tests, 1 failed (N ms)");
  expect(code).toBe(1);
  expect(linesOf(coverageIn(folder), "src/m.lua")).toEqual([4, 4, 6, 3, null, 3, null, 4]);
});

two("the map of a suite does not say which Lua measured it", async () => {
  const maps = [];
  for (const lua of ["fengari", "lua5.4"]) {
    const folder = makeFolder(project);
    await runCli(folder, ["--lua", lua, "--reporter", "none", "--all", "test"]);
    maps.push(JSON.parse(JSON.stringify(coverageIn(folder)).replaceAll(folder, "")));
  }
  expect(maps[1]).toEqual(maps[0]);
});

test("of sources that other Luas read, nothing is said of the default one's syntax", async () => {
  const folder = makeFolder({
    "src/m.lua": "local x <const> = 1\nreturn x\n",
    "src/never.lua": "local y <const> = 2\nreturn y\n",
    "src/broken.lua": "local y <const> =\n",
    "test/m.lua": 'assert(require "src.m" == 1)',
  });
  const { code, stderr } = await runCli(folder, ["--lua", "5.4", "--all", "--reporter", "none", "test"]);
  expect([code, stderr]).toEqual([
    1,
    "ERROR: src/broken.lua:2: unexpected symbol near <eof>: the file cannot be analysed\n",
  ]);
  expect(Object.values(coverageIn(folder)).map(({ s, all }) => [s, all])).toEqual([
    [{ 0: 1, 1: 1 }, undefined],
    [{ 0: 0, 1: 0 }, true],
  ]);
});

two("what failed in one Lua runs again in that one", async () => {
  const folder = makeFolder(project);
  const args = [...luas, "--reporter", "none", "--test-reporter", "tap"];
  await runCli(folder, [...args, "test"]);
  const { stdout } = await runCli(folder, [...args, "--rerun-failed", "test"]);
  expect(stdout.match(/^(not )?ok .*$/gm)).toEqual(["not ok 1 - test/age_spec.lua (lua5.4): age › is old"]);
});

two(
  "what is to run in a Lua may stand in the configuration, and the embedded one is one of them",
  async () => {
    const folder = makeFolder({ ...project, ".nycrc.json": '{ "lua": ["fengari", "lua5.1"] }' });
    const { stdout } = await runCli(folder, ["--reporter", "none", "test/age.lua"]);
    expect(stdout).toContain("✔ test/age.lua (N ms)\nold");
    expect(stdout).toContain("✔ test/age.lua (lua5.1) (N ms)");
  },
);

two("modules are those of the project, of LuaRocks in it, and of the environment", async () => {
  const folder = makeFolder({
    "lua_modules/share/lua/5.1/rock.lua": 'return "rock of 5.1"',
    "lua_modules/share/lua/5.4/rock/init.lua": 'return "rock of 5.4"',
    "lib/own.lua": 'return "from LUA_PATH"',
    "extra/given.lua": 'return "from lua-path"',
    "test/a.lua": 'print(require "rock", require "own", (require "given"))',
  });
  const args = [...luas, "--reporter", "none", "--lua-path", "extra/?.lua", "test"];
  const { stdout } = await runCli(folder, args, { LUA_PATH: "lib/?.lua" });
  expect(stdout).toContain("rock of 5.1\tfrom LUA_PATH\tfrom lua-path\n");
  expect(stdout).toContain("rock of 5.4\tfrom LUA_PATH\tfrom lua-path\n");
});

two("one program runs in a Lua as in its own command, measured", async () => {
  const folder = makeFolder({ ...project, "p.lua": 'print(arg[-1], ...) require("src.m").age() os.exit(7)' });
  const ran = await runCli(folder, ["run", "--lua", "lua5.4", "--reporter", "none", "p.lua", "--", "a", "b"]);
  expect(ran).toEqual({ code: 7, stdout: "lua5.4\ta\tb\n", stderr: "" });
  expect(linesOf(coverageIn(folder), "src/m.lua")).toEqual([1, 1, 1, 0, null, 1, null, 1]);
  const executed = await runCli(folder, [
    "--lua",
    "lua5.1",
    "--reporter",
    "none",
    "exec",
    "-e",
    "x = 2",
    "p.lua",
  ]);
  expect(executed).toEqual({ code: 7, stdout: "x = 2\n", stderr: "" });
  const both = await runCli(folder, ["run", ...luas, "p.lua"]);
  expect(both.stderr).toContain('lua is set to "lua5.1", "lua5.4": choose one by --lua');
});

testWith("luajit")(
  "a crash fails its file by the signal's name, and keeps the counts of the tests before",
  async () => {
    const folder = makeFolder({
      "src/m.lua": "return function() return 1 end",
      "spec/a_spec.lua": `local m = require "src.m"
it("counts", function() m() m() end)
it("crashes", function() require("ffi").cast("int *", 0)[0] = 1 end)
it("never runs", function() end)
`,
      "spec/b_spec.lua": 'it("runs", function() end)',
    });
    const { code, stdout } = await runCli(folder, [
      "--lua",
      "luajit",
      "--reporter",
      "none",
      "--jobs",
      "1",
      "spec",
    ]);
    expect(stdout).toContain("spec/a_spec.lua (luajit)  2 tests, 1 failed");
    expect(stdout).toContain("the Lua of this file was ended by SIGSEGV");
    expect(stdout).toContain("✔ spec/b_spec.lua (luajit)  1 test");
    expect(code).toBe(1);
    expect(coverageIn(folder)["src/m.lua"]?.f).toEqual({ 0: 2 });
  },
);

two("a test that never ends says where it is, and what it covered until then counts", async () => {
  const folder = makeFolder({
    "src/m.lua": "return function() return 1 end",
    "test/a.lua": 'local m = require "src.m"\nm()\nwhile true do\n  m()\n  break\nend\nwhile true do\nend',
    "test/b_spec.lua": 'local m = require "src.m"\nit("hangs", function()\n  m()\n  while true do end\nend)',
  });
  const args = [...luas, "--timeout", "3", "--reporter", "none", "test/*.lua"];
  const { stdout } = await runCli(folder, args);
  expect(stdout.match(/timed out at \S+/g)?.slice(0, 2)).toEqual([
    expect.stringMatching(/^timed out at test\/a\.lua:[78]$/),
    "timed out at test/b_spec.lua:4",
  ]);
  expect(coverageIn(folder)["src/m.lua"]?.f).toEqual({ 0: 6 });
});

two.for([["SIGKILL"], ["SIGINT", "SIGINT"]] as const)("%j leaves no program behind", async (signals) => {
  const text =
    'local n = io.popen("echo $PPID"):read("n") print("runs as " .. n) while true do pcall(error) end';
  const folder = makeFolder({ "test/a.lua": text });
  const child = startCli(folder, ["--lua", "lua5.4", "--reporter", "none", "test/a.lua"]);
  let output = "";
  for await (const chunk of child.stdout) {
    output += chunk;
    if (/runs as \d+\n/.test(output)) break;
  }
  const program = Number(/runs as (\d+)/.exec(output)?.[1]);
  const ended = exitCode(child);
  for (const signal of signals) child.kill(signal);
  await vi.waitFor(() => expect(isAlive(program)).toBe(false), { timeout: 60_000, interval: 50 });
  child.stdout.resume();
  child.stderr.resume();
  await ended;
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

unix.for([
  ["no-such-lua", '"no-such-lua" is not there: there is no such command'],
  ["./says", '"./says" is no Lua that can be used: it ended with exit code 3 and said: I am no Lua'],
  ["./dies", '"./dies" is no Lua that can be used: it was ended by SIGSEGV and said nothing'],
  ["./says so", '"./says so" is no Lua that can be used: it ended with exit code 3 and said: I am no Lua'],
  ["./plain", '"./plain" cannot be started: it may not be executed'],
  [".", '"." cannot be started: it may not be executed'],
  [" ", '" " is empty'],
] as const)("%s is no Lua, which one sentence says", async ([lua, sentence]) => {
  const says = "#!/bin/sh\necho I am no Lua >&2\nexit 3\n";
  const scripts = { says, "says so": says, dies: "#!/bin/sh\nkill -SEGV $$\n" };
  const folder = makeFolder({ ...scripts, plain: "", "test/a.lua": "", "bin/lua5.4": "", "bin/luajit": "" });
  for (const name of [...Object.keys(scripts), "bin/lua5.4", "bin/luajit"]) {
    chmodSync(path.join(folder, name), 0o755);
  }
  for (const [PATH, examples] of [
    [path.join(folder, "bin"), " (here lua5.4, luajit)"],
    [path.join(folder, "test"), ", such as lua5.4, luajit or nvim"],
  ] as const) {
    const advice = `lua takes 5.1, 5.2, 5.3, 5.4, 5.5 or fengari, which are embedded, or a command that runs a Lua file${examples}`;
    expect(await runCli(folder, ["--lua", lua, "test"], { PATH })).toEqual({
      code: 2,
      stdout: "",
      stderr: `ERROR: ${sentence}; ${advice}\n`,
    });
  }
});

test("a sandbox holds no Lua of the system's", async () => {
  const folder = makeFolder({ "test/a.lua": "" });
  for (const args of [["test"], ["run", "test/a.lua"]]) {
    const { code, stderr } = await runCli(folder, ["--lua", "lua", "--sandbox", ...args]);
    expect(stderr).toContain(
      '--sandbox holds embedded Luas alone (5.1 to 5.5, fengari), and "lua" is a program of the system\'s',
    );
    expect(code).toBe(2);
  }
});

/** What a test finds in a host that has a Lua of its own. */
const hosts = [
  ["nvim", 'vim.wait(10) assert.equal(1, vim.fn.bufnr "%")'],
  ["nvim --headless -u init.lua -i NONE -n -S", "assert.equal(7, vim.g.answer)"],
  ["tarantool", 'require("fiber").sleep(0.01)'],
] as const;

for (const [lua, check] of hosts) {
  testWith(lua === "tarantool" ? lua : "nvim")(`tests run in a host of Lua: ${lua}`, async () => {
    const folder = makeFolder({
      ...project,
      "init.lua": "vim.g.answer = 7",
      "test/host_spec.lua": `it("is the host", function() ${check} end)
it("knows its file", function() assert.equal("test/host_spec.lua", arg[0]) end)
it("loads", function() assert.equal("new", require "src.m".age()) end)`,
      "test/load_spec.lua": `error "at load"`,
      "test/exit_spec.lua": `it("exits", function() os.exit(3) end)`,
      "test/script.lua": `io.stdout:write(require "src.m".age(), "\\n") io.stdout:flush()`,
    });
    const files = ["host_spec", "load_spec", "exit_spec", "script"].map((name) => `test/${name}.lua`);
    const { code, stdout } = await runCli(folder, ["--lua", lua, "--reporter", "none", ...files]);
    expect(stdout).toContain(`✖ test/host_spec.lua (${lua})  3 tests, 1 failed (N ms)`);
    expect(stdout).toContain("✖ loads");
    expect(stdout).toMatch(/^old$/m);
    expect(stdout).toContain("os.exit was called with code 3 before the tests of this file had ended");
    const [, traceback] = /✖ test\/load_spec.*?stack traceback:\n(.*?)\n(?=✖|✔|old)/s.exec(stdout) ?? [];
    expect(traceback?.replace(/^\s+/gm, "")).toBe(
      "[C]: in function 'error'\ntest/load_spec.lua:1: in main chunk",
    );
    expect(code).toBe(1);
    expect(linesOf(coverageIn(folder), "src/m.lua")).toEqual([2, 2, 2, 2, null, 0, null, 2]);
  });
}

testWith("nvim")("a program runs in Neovim, which ends with it", async () => {
  const folder = makeFolder({ "ok.lua": "x = 1", "fails.lua": `x = 1 error "failed"` });
  const codes = ["ok.lua", "fails.lua"].map(async (file) => {
    const { code } = await runCli(folder, ["run", "--lua", "nvim", "--reporter", "none", file]);
    return code;
  });
  expect(await Promise.all(codes)).toEqual([0, 1]);
});
