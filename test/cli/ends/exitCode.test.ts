import { rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testUnless } from "../../support/luaDifferences.js";
import { inPlainWords, testLua } from "../../support/testLua.js";

const half = `local function used() end
local function unused()
  return 2
end
used()`;

const files = {
  "src/half.lua": half,
  "src/full.lua": "return 1",
  "test/half.lua": 'require "src.half" require "src.full"',
};

test("0 when every file passes, with the table and both halves of lcov", async () => {
  const folder = makeFolder(files);
  const { code, stdout, stderr } = await runCli(folder, []);
  expect(stderr).toBe("");
  expect(stdout).toBe(`✔ test/half.lua (N ms)

1 passed, 0 failed

----------|---------|----------|---------|---------|-------------------
File      | % Stmts | % Branch | % Funcs | % Lines | Uncovered Line #s 
----------|---------|----------|---------|---------|-------------------
All files |      80 |      100 |      50 |      80 |                   
 full.lua |     100 |      100 |     100 |     100 |                   
 half.lua |      75 |      100 |      50 |      75 | 3                 
----------|---------|----------|---------|---------|-------------------
`);
  expect(code).toBe(0);
});

test("1 when a file fails, whose message and traceback are shown while the others still run", async () => {
  const folder = makeFolder({
    ...files,
    "test/a.lua": 'local function inner()\n  error("boom")\nend\ninner()',
    "test/b.lua": "x = = 1",
    "test/c.lua": "error({})",
    "test/d.lua": 'error(setmetatable({}, { __tostring = function() return "as text" end }), 0)',
    "test/e.lua": "error()",
    "test/f.lua": "os.exit(3)",
  });
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "none"]);
  expect(stderr).toBe("");
  const expected = `✖ test/a.lua (N ms)
    test/a.lua:2: boom

      1 | local function inner()
    > 2 |   error("boom")
      3 | end
      4 | inner()

    stack traceback:
    	[C]: in function 'error'
    	test/a.lua:2: in local 'inner'
    	test/a.lua:4: in main chunk
    	[C]: in ?
✖ test/b.lua (N ms)
    test/b.lua:1: unexpected symbol near '='

    > 1 | x = = 1
✖ test/c.lua (N ms)
    (error object is a table value: {})

    test/c.lua:1
    > 1 | error({})

    stack traceback:
    	[C]: in function 'error'
    	test/c.lua:1: in main chunk
    	[C]: in ?
✖ test/d.lua (N ms)
    as text

    test/d.lua:1
    > 1 | error(setmetatable({}, { __tostring = function() return "as text" end }), 0)

    stack traceback:
    	[C]: in function 'error'
    	test/d.lua:1: in main chunk
    	[C]: in ?
✖ test/e.lua (N ms)
    (error object is a nil value)

    test/e.lua:1
    > 1 | error()

    stack traceback:
    	[C]: in function 'error'
    	test/e.lua:1: in main chunk
    	[C]: in ?
✖ test/f.lua (N ms)
    os.exit was called with code 3
✔ test/half.lua (N ms)

1 passed, 6 failed

`;
  expect(inPlainWords(stdout)).toBe(inPlainWords(expected));
  expect(code).toBe(1);
});

test("1 when a threshold is missed, in nyc's words", async () => {
  const folder = makeFolder(files);
  const limits = ["--check-coverage", "--reporter", "none", "--functions", "60", "--statements", "80"];
  const whole = await runCli(folder, [...limits, "--lines", "81"]);
  expect(whole.stderr).toBe(
    "ERROR: Coverage for lines (80%) does not meet global threshold (81%)\n" +
      "ERROR: Coverage for functions (50%) does not meet global threshold (60%)\n",
  );
  expect(whole.code).toBe(1);

  const each = await runCli(folder, [...limits, "--lines", "81", "--per-file"]);
  expect(each.stderr).toBe(
    "ERROR: Coverage for lines (75%) does not meet threshold (81%) for src/half.lua\n" +
      "ERROR: Coverage for functions (50%) does not meet threshold (60%) for src/half.lua\n" +
      "ERROR: Coverage for statements (75%) does not meet threshold (80%) for src/half.lua\n",
  );
  expect(each.code).toBe(1);
});

test("0 when a threshold is met to the point, or is not to be checked", async () => {
  const folder = makeFolder(files);
  const met = await runCli(folder, ["--check-coverage", "--reporter", "none", "--lines", "80"]);
  const unchecked = await runCli(folder, ["--reporter", "none", "--lines", "100"]);
  const warning = "WARNING: lines is set, but no threshold is checked; --check-coverage checks them\n";
  expect([met.stderr, met.code, unchecked.stderr, unchecked.code]).toEqual(["", 0, warning, 0]);
});

test("1 when nothing was measured, which is no 100 %", async () => {
  const folder = makeFolder({ "test/a.lua": "local x = 1" });
  const { code, stderr } = await runCli(folder, ["--check-coverage"]);
  expect(stderr).toMatch(/^ERROR: No coverage was collected: .* under <folder>; .*\n$/);
  expect(code).toBe(1);
});

test("1 when a source cannot be compiled: it is named, the others are reported", async () => {
  const folder = makeFolder({ ...files, "src/broken.lua": "local x = 1\nlocal = 3" });
  const { code, stdout, stderr } = await runCli(folder, ["--all", "--reporter", "text"]);
  expect(stderr).toBe("ERROR: src/broken.lua:2: <name> expected near '=': the file cannot be analysed\n");
  expect(stdout).toContain(" half.lua ");
  expect(code).toBe(1);
});

test("a source for another Lua that nothing loads counts by its syntax, with a notice", async () => {
  const folder = makeFolder({
    "src/m.lua": "return 1\n",
    "src/constant.lua": "local x <const> = 1\nif x and y then\n  return 2\nend\n",
    "src/jit.lua": "return function(x)\n  return x + 1LL\nend\n",
    "test/a.lua": 'require "src.m"\n',
  });
  const { code, stdout, stderr } = await runCli(folder, ["--all", "--reporter", "text", "test"]);
  expect(stdout).toMatch(/ constant\.lua +\| +0 \| +0 \| +100 \| +0 \| 1-3 /);
  expect(stdout).toMatch(/ jit\.lua +\| +0 \| +100 \| +0 \| +0 \| 1-2 /);
  const notices = `src/constant.lua:1: unexpected symbol near '<'; as Lua 5.5 reads the file, it counts as not covered
src/jit.lua:2: 'end' expected (to close 'function' at line 1) near 'LL'; as LuaJIT reads the file, it counts as not covered
`;
  // Where the default Lua does not run, what it reads is of no interest.
  expect([code, stderr]).toEqual([0, testLua === null ? notices : ""]);
});

// Not by permissions, which do not bind the superuser that CI often is: the first test removes the file.
test("1 when a source cannot be read, which is named", async () => {
  const folder = makeFolder({
    ...files,
    "src/gone.lua": "return 1",
    "test/a.lua": 'require "src.gone" assert(os.remove("src/gone.lua")) assert(os.remove("test/b.lua"))',
    "test/b.lua": "local x = 1",
  });
  const { code, stdout, stderr } = await runCli(folder, ["--all", "--jobs", "1", "--reporter", "text"]);
  expect(stderr).toMatch(/^ERROR: src\/gone\.lua cannot be read: ENOENT.*\n$/);
  expect(stdout).toContain("✖ test/b.lua (N ms)\n    cannot open test/b.lua");
  expect(stdout).toContain(" half.lua ");
  expect(code).toBe(1);
});

testUnless("sources that a test writes")(
  "0 when a source that a test wrote is gone again, which is said",
  async () => {
    const folder = makeFolder({
      ...files,
      "test/a.lua": `local file = io.open("made.lua", "w") file:write("return 21") file:close()
      assert(require("made") == 21) assert(os.remove("made.lua"))`,
    });
    const { code, stderr } = await runCli(folder, ["--reporter", "none"]);
    expect([code, stderr]).toEqual([0, "made.lua is not there any more, so it is not in the coverage\n"]);
  },
);

testUnless("the embedded Lua")(
  "1 when a program takes all memory: its worker ends, the others still run",
  async () => {
    const folder = makeFolder({
      ...files,
      "test/a.lua": "local t = {} while true do t[#t + 1] = {} end",
    });
    const memory = { NODE_OPTIONS: "--max-old-space-size=64" };
    const { code, stdout } = await runCli(folder, ["--reporter", "none"], memory);
    expect(stdout).toMatch(
      /^✖ test\/a\.lua \(N ms\)\n {4}the program ran out of memory; --max-memory sets how much it may take\n✔ test\/half/,
    );
    expect(code).toBe(1);
  },
);

test("2 when no test file matches, with what was looked for and where", async () => {
  const folder = makeFolder({ "test/a.lua": "", "empty/readme": "" });
  const looked = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(folder, args);
    expect([code, stdout]).toEqual([2, ""]);
    return stderr;
  };
  const advice = 'in <folder>; give a file, a folder, or a quoted glob such as "test/**/*.lua"\n';
  expect(await looked("spec/*.lua", "*.luac")).toBe(
    `ERROR: No test file matches "spec/*.lua", "*.luac" ${advice}`,
  );
  expect(await looked("test/a.lua", "test/b.lua")).toBe(`ERROR: No test file matches "test/b.lua" ${advice}`);
  expect(await looked("test", "empty")).toBe(`ERROR: No test file matches "empty" ${advice}`);
  expect(await looked("")).toBe(`ERROR: No test file matches "" ${advice}`);
  rmSync(path.join(folder, "test"), { recursive: true });
  expect(await looked()).toBe(
    `ERROR: No test file matches "test", "tests", "spec" ${advice.trimEnd()}; luacov-ts doctor says what there is\n`,
  );
});
