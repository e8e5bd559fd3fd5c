import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { testWithLua } from "../host/compare.js";
import { makeFolder } from "../support/folder.js";
import { toolPath } from "../support/tools.js";

const bin = path.resolve(import.meta.dirname, "../../bin/luacov-ts-lua.js");
const files = { "p.lua": 'print(1) error("in p")', "broken.lua": "x =", "go.lua": "goto nowhere" };

/** Standard output and error in one, as a pipe or a file gets them; and the exit code. */
function run(command: readonly string[], args: readonly string[], into: "pipe" | "file") {
  const folder = makeFolder(files);
  const script = `{ "$@"; echo $? > status; } 2>&1 ${into === "pipe" ? "| cat" : ""} > output`;
  spawnSync("sh", ["-c", script, "sh", ...command, ...args], { cwd: folder, input: "line\n12\n" });
  const written = (name: string) => readFileSync(path.join(folder, name), "latin1");
  const text = written("output").replace(/^\S*lua5\.3: /gm, "lua: ");
  return { status: written("status"), text: text.replace(/0x[0-9a-f]{4,}/g, "0x…") };
}

function expectSame(args: readonly string[], into: "pipe" | "file" = "pipe"): void {
  expect(run([process.execPath, bin], args, into)).toEqual(run([toolPath("lua5.3")], args, into));
}

/** When what a program writes goes on: beside standard error, and beside its commands. */
const writing = [
  'io.write("a") os.execute("echo b")',
  'io.write("a") io.stderr:write("b\\n") io.write("c")',
  'print(1) io.stderr:write("b\\n") print(2) os.execute("echo c") print(3)',
  'io.write("a") io.popen("echo b"):close()',
  'io.write("a") local f = io.popen("cat", "w") f:write("p\\n") io.write("c") f:close() io.write("d")',
  'io.write("a") local p = io.popen("cat", "w") p:write("x") io.write("b")',
  'io.write("a") print(io.read("l")) io.stderr:write("b") io.write("c") print(io.read("n"))',
  'io.write(("x"):rep(4096)) io.stderr:write("E") io.write("y") io.stderr:write("F")',
  'io.write("z", ("x"):rep(4095)) io.stderr:write("E") io.write("y") io.stderr:write("F")',
  'io.write(("x"):rep(9000)) io.stderr:write("E") io.write(("y"):rep(4000)) io.stderr:write("F") print(1)',
  'for i = 1, 3000 do io.write(i, " ") if i % 500 == 0 then io.stderr:write("<", i, ">") end end',
  'io.stdout:setvbuf("no") io.write("a") io.stderr:write("b") io.write("c")',
  'io.stdout:setvbuf("line") io.write("a\\nb") io.stderr:write("E") io.write("c") io.stderr:write("F\\n")',
  'io.stdout:setvbuf("full", 2) io.write("abcdef") io.stderr:write("E") io.write("b\\n")',
  'io.write("abc") io.stdout:setvbuf("no") io.stderr:write("E") io.write("b\\n")',
  'io.stderr:setvbuf("full") io.stderr:write("E") io.write("x") print("y")',
  'io.write("abc") io.flush() io.stderr:write("E") io.write("b\\n")',
  'io.write("x") error("at the end")',
  'io.write("x") os.exit(3)',
  'io.write("x") os.exit(true, true)',
  'local f = io.open("t", "w") f:write("abc") os.execute("cat t") f:flush() os.execute("cat t") f:write("d")',
];

testWithLua.for(writing)("what is written goes on when lua5.3 lets it: %s", (text) => {
  expectSame(["-e", text]);
});

testWithLua.for(writing.slice(0, 8))("so it does into a file: %s", (text) => {
  expectSame(["-e", text], "file");
});

/** How a program ends. */
const endings: readonly (readonly string[])[] = [
  ...[
    "error(nil)",
    "error({ code = 3 })",
    "error(12.5)",
    "error(true)",
    "error(print)",
    "error(coroutine.create(print))",
    "error(io.stdout)",
    'error("a\\nb", 0)',
    'error("a\\nstack traceback:\\nb", 0)',
    'error("a\\0b \\255")',
    'error(setmetatable({}, { __tostring = function() return "own" end }))',
    'error(setmetatable({}, { __tostring = function() return "own\\nstack traceback:\\nno" end }))',
    "error(setmetatable({}, { __tostring = function() return {} end }))",
    'error(setmetatable({}, { __tostring = function() error("inside") end }))',
    'local function a() error("x") end local function b() return a() end local function c() return b() end c()',
    "local function f() return 1 + f() end f()",
    'local function r(n) if n == 0 then error("deep") end local x = r(n - 1) return x end r(30)',
    'coroutine.wrap(function() error("in a coroutine") end)()',
    "coroutine.wrap(function() error({}) end)()",
    "print(xpcall(error, error, 'm'))",
    'table.sort({ 3, 2, 1 }, function() error("compares") end)',
    'os.execute("nosuchcommand_x") os.execute("if") io.popen("cat <"):close() os.execute("echo $0")',
    "os.exit(256 + 3)",
    "os.exit(-1)",
    'os.exit("x")',
    "os.exit(2.5)",
  ].map((text) => ["-e", text]),
  ["p.lua"],
  ["broken.lua"],
  ["go.lua"],
  ["none.lua"],
  ["."],
  ["-e", "x ="],
  ["-e", "print(2)", "none.lua"],
  ["-l", "no.such.module"],
];

testWithLua.for(endings)("a program ends as it does in lua5.3: %j", (args) => {
  expectSame(args);
});

test("a parent reads what its child prints while the child runs on", () => {
  const folder = makeFolder({
    "child.lua": 'print("one") print("two") repeat local go = io.open("go") until go print("three")',
    "parent.lua": `local pipe = io.popen(arg[-1] .. " child.lua")
      print(pipe:read("l")) print(pipe:read("l"))
      io.open("go", "w"):close()
      print(pipe:read("l")) pipe:close()`,
  });
  const { stdout } = spawnSync(process.execPath, [bin, "parent.lua"], { cwd: folder, encoding: "utf8" });
  expect(stdout).toBe("one\ntwo\nthree\n");
});
