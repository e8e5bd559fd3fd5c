import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { readCoverage } from "../../src/store/read.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { startLua53 } from "../support/lua53.js";
import { testUnless } from "../support/luaDifferences.js";
import { testWith } from "../support/tools.js";

const quiet = ["--reporter", "none"];
const bin = path.resolve(import.meta.dirname, "../../bin/luacov-ts-lua.js");

test("exec runs a program as lua does: its arguments, output and exit code", async () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "p.lua": 'require "m" print(arg[0], arg[1], arg[2], ...) io.stderr:write("err\\n") os.exit(7)',
  });
  for (const args of [
    ["exec", "p.lua", "a", "--b"],
    ["exec", "p.lua", "--", "a", "--b"],
  ]) {
    const result = await runCli(folder, [...quiet, ...args]);
    expect(result).toEqual({ code: 7, stdout: "p.lua\ta\t--b\ta\t--b\n", stderr: "err\n" });
  }
});

testUnless("Lua's own command line")("an error is reported as lua reports it", async () => {
  const folder = makeFolder({ "p.lua": 'local function f() error("no") end\nf()' });
  const traceback = [
    "stack traceback:",
    "\t[C]: in function 'error'",
    "\tp.lua:1: in local 'f'",
    "\tp.lua:2: in main chunk",
    "\t[C]: in ?",
  ];
  const { code, stderr } = await runCli(folder, [...quiet, "exec", "p.lua"]);
  expect([code, stderr]).toEqual([1, `lua: p.lua:1: no\n${traceback.join("\n")}\n`]);
});

testWith("lua5.3").each([
  [["-e", "print(1 + 1)"]],
  [["-e", "x = 5", "-eprint(x)"]],
  [["-l", "m", "-e", "print(m.name)"]],
  [["-lm", "p.lua", "one", "two"]],
  [["-e", "print(arg[-1], arg[-2], arg[0])", "p.lua", "one"]],
  [["-e", "print(#arg, arg[0] ~= nil, arg[-1], arg[1], ...)"]],
  [["-E", "p.lua"]],
  [["--", "p.lua", "-e"]],
  [["-", "one"]],
  [[]],
])("exec takes the options of lua: %j", async (args) => {
  const folder = makeFolder({
    "m.lua": 'return { name = "module" }',
    "p.lua": 'require "m" print(m and m.name, #arg, arg[0], ...)',
    "main.lua": 'print("from", "stdin", arg[0] ~= nil, ...) require "m"',
  });
  const input = 'print("from stdin", ...)';
  const ours = spawnSync(process.execPath, [bin, ...args], { cwd: folder, input, encoding: "utf8" });
  const theirs = startLua53(args, { cwd: folder, input });
  expect(ours.stdout.replaceAll(bin, "lua5.3")).toBe(theirs.stdout);
});

testWith("lua5.3")("debug.debug reads commands from standard input, as in lua", () => {
  const folder = makeFolder({ "p.lua": "debug.debug() print('after')" });
  const input = 'x = 1 + 1\nprint("in debug", x)\nerror("no")\nx = = 1\ncont\n';
  const ours = spawnSync(process.execPath, [bin, "p.lua"], { cwd: folder, input, encoding: "utf8" });
  const theirs = startLua53(["p.lua"], { cwd: folder, input });
  const told = ({ stdout, stderr, status }: typeof ours) => ({ stdout, stderr, status });
  expect(told(ours)).toEqual(told(theirs));
});

testUnless("Lua's own command line")("a mistake in the options is one sentence", async () => {
  const folder = makeFolder({});
  const mistakes = async (...args: string[]) => (await runCli(folder, [...quiet, "exec", ...args])).stderr;
  expect(await mistakes("-x")).toBe("ERROR: Unknown Lua option '-x'; see luacov-ts --help\n");
  expect(await mistakes("--sandbox")).toBe(
    "ERROR: Unknown Lua option '--sandbox': options of luacov-ts stand in front of exec; see luacov-ts --help\n",
  );
  expect(await mistakes("-e")).toBe("ERROR: The Lua option '-e' needs an argument; see luacov-ts --help\n");
  expect(await mistakes("-i")).toMatch(/^ERROR: lua -i: there is no interactive mode/);
});

testUnless("what 5.3 takes")(
  "the Lua programs that a program starts by arg[-1] are measured along with it",
  async () => {
    const folder = makeFolder({
      "m.lua": 'return function(x)\n  if x == 1 then return "one" end\n  return "other"\nend',
      "child.lua": 'print(require "m"(tonumber((...)))) os.exit(3)',
      "test.lua": `assert(require "m"(1) == "one")
      assert(select(3, os.execute(arg[-1] .. " child.lua 2")) == 3)
      local pipe = io.popen('"' .. arg[-1] .. '" child.lua 1')
      assert(pipe:read "a" == "one\\n")
      pipe:close()
      assert(os.execute(arg[-1] .. [[ -e 'os.execute(arg[0] .. " child.lua 5")']]))`,
    });
    const args = ["--exclude", "child.lua", "--exclude", "test.lua"];
    for (const run of [["test.lua"], ["exec", "test.lua"]]) {
      const { code, stdout } = await runCli(folder, [...quiet, ...args, ...run]);
      expect([code, stdout.split("\n").slice(0, 2)]).toEqual([0, ["other", "other"]]);
      const { s, f, b } = readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "m.lua")] ?? {};
      expect([s, f, b]).toEqual([{ 0: 4, 1: 4, 2: 2, 3: 2 }, { 0: 4 }, { 0: [2, 2] }]);
    }
  },
);
