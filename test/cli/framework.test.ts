import { cpSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { coverageIn } from "../support/cover.js";
import { debianPaths } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

type Files = Readonly<Record<string, string>>;

const source = { "src/m.lua": "return function(x)\n  if x == 2 then return 3 end\n  return x\nend\n" };

/** What may go wrong in a file of specs, and what one writes. */
const faults: Files = {
  ...source,
  "spec/output_spec.lua": `local m = require "m"
print("loading")
describe("writes", function()
  it("once", function() io.write("in once\\n") m(1) end)
  it("with a child", function() os.execute("echo from a child") assert.equal(2, m(2)) end)
end)
print("loaded")`,
  "spec/exits_spec.lua": `it("before", function() require "m" (2) end)
it("exits", function() print("last words") os.exit(3) end)
it("never", function() end)`,
  "spec/dies_spec.lua": `it("before", function() end)
it("dies", function() os.execute("kill -SEGV " .. io.popen("echo $PPID"):read("*l")) end)
it("never", function() end)`,
  "spec/hangs_spec.lua": 'it("hangs", function()\n  while true do end\nend)',
  "spec/describe_spec.lua":
    'describe("x", function() error("in describe") end)\nit("goes on", function() end)',
  "spec/hook_spec.lua": 'before_each(function() error("in a hook") end)\nit("is not run", function() end)',
  "spec/load_spec.lua": 'it("is not run", function() end)\nlocal x = nil .. ""',
  "spec/syntax_spec.lua": 'it("x", function() end',
  "spec/program_spec.lua":
    'pcall(require, "luacov")\nrequire "busted.runner"()\nit("is no program here", function() end)',
  "spec/empty_spec.lua": "",
};

testWith(
  "lua5.1",
  "lua5.4",
  "busted",
)(
  "results, output, faults and coverage are those of our own runner, by a busted that is installed",
  async () => {
    const args = ["--lua", "lua5.1", "--lua", "lua5.4", "--timeout", "3", "--all"];
    const [ours, theirs] = await byBoth(faults, args);
    expect(theirs).toEqual(ours);
    expect(theirs.stdout).toContain("message: the Lua of this file was ended by SIGSEGV");
    expect(theirs.stdout).toContain("message: timed out at spec/hangs_spec.lua:2");
    expect(theirs.stdout).toContain("message: os.exit was called with code 3");
    expect(theirs.stdout).toMatch(/^# \| loading\n# \| loaded\n# \| in once\nok .* › once$/m);
    expect(theirs.stdout).toMatch(/^# \| from a child\nnot ok .* › with a child$/m);
  },
);

const options: Files = {
  ...source,
  "spec/a_spec.lua": `local m = require "m"
describe("m", function()
  local count = 0
  setup(function() print("setup") end)
  teardown(function() print("teardown") end)
  it("works", function() assert.equal(1, m(1)) end)
  it("fails #slow", function() assert.equal(2, m(1)) end)
  it("errs", function() error({ code = 5 }) end)
  pending("is to come")
  it("belongs to #slow ones", function() print(HELPED) end)
end)
`,
  "spec/b_spec.lua": `it("runs", function() end) it("stays away", function() pending("why") end)`,
  "spec/helper.lua": "HELPED = table.concat(arg, ' ') print('helper', ...)",
  ".busted": `return { _all = { lpath = "src/?.lua" }, other = { ROOT = { "spec" }, helper = "spec/helper.lua" } }`,
};

testWith("lua5.4", "busted").for([
  [["--retry", "1", "--shuffle", "--seed", "5", "--repeat", "2"]],
  // By several at a time it would depend on their speed which files had begun before the first failure.
  [["--bail", "1", "--sort", "--lazy", "--jobs", "1"]],
  [["--run", "other", "--tags", "slow", "--filter-out", "fails"]],
  [["--suppress-pending", "--name", "m works", "--helper", "spec/helper.lua", "--helper-args", "a,b"]],
] as const)("%j means with an installed busted what it means with our runner", async ([args]) => {
  const [ours, theirs] = await byBoth(options, ["--lua", "lua5.4", ...args]);
  expect(theirs).toEqual(ours);
  expect(theirs.stdout).toMatch(/^(not )?ok 1 .* m › /m);
});

testWith("lua5.4", "busted")("what a .busted does besides its settings, and its helper, count", async () => {
  const files = {
    "lib/of_path.lua": 'return "by the path"',
    "own/of_lpath.lua": 'return "by lpath"',
    ".busted":
      'GIVEN = "by the file" package.path = "lib/?.lua;" .. package.path return { default = { lpath = "own/?.lua" } }',
    "spec/a_spec.lua": 'it("a", function() print(GIVEN, require "of_path", (require "of_lpath")) end)',
  };
  const [ours, theirs] = await byBoth(files, ["--lua", "lua5.4"]);
  expect(theirs).toEqual(ours);
  expect(theirs.stdout).toContain("# | by the file\tby the path\tby lpath\n");
});

testWith("lua5.4", "busted")("what failed in the last run runs again", async () => {
  const folder = makeFolder(options);
  const args = ["--lua", "lua5.4", "--framework", "busted", "--reporter", "none", "--test-reporter", "tap"];
  await runCli(folder, args, debian());
  const { stdout } = await runCli(folder, [...args, "--rerun-failed"], debian());
  expect(stdout.match(/^(not )?ok .*$/gm)).toEqual([
    "not ok 1 - spec/a_spec.lua (lua5.4): m › fails \\#slow",
    "not ok 2 - spec/a_spec.lua (lua5.4): m › errs",
  ]);
});

/** Says which busted it is that runs. */
const saysWhich = {
  "spec/a_spec.lua":
    'it("a", function() print(require("busted").version, debug.getinfo(require "busted.core", "S").source) end)',
};

testWith("lua5.4", "busted")(
  "the busted is the one in lua_modules, else that of the Lua, else that of the user's LuaRocks",
  async () => {
    const folder = makeFolder({
      ...saysWhich,
      "home/.luarocks/share/lua/x": "",
      "src/term.lua": "error('x')",
    });
    const run = async (environment: Files = {}) => {
      const args = ["--lua", "lua5.4", "--framework", "busted", "--reporter", "none"];
      const { stdout } = await runCli(folder, args, { HOME: path.join(folder, "home"), ...environment });
      return /^\S+\t@(\S+)$/m.exec(stdout)?.[1];
    };
    symlinkSync("/usr/share/lua/5.4", path.join(folder, "home/.luarocks/share/lua/5.4"));
    expect(await run(debian())).toBe("/usr/share/lua/5.4/busted/core.lua");
    expect(await run({ ...debian(), LUA_PATH_5_4: "./?.lua" })).toBe(
      "<folder>/home/.luarocks/share/lua/5.4/busted/core.lua",
    );
    cpSync("/usr/share/lua/5.4/busted", path.join(folder, "lua_modules/share/lua/5.4/busted"), {
      recursive: true,
    });
    expect(await run(debian())).toBe("./lua_modules/share/lua/5.4/busted/core.lua");
  },
);

testWith("busted")("in the embedded Lua an installed busted runs as well", async () => {
  const text = saysWhich["spec/a_spec.lua"].replace("it(", 'require "m" (1) it(');
  const folder = makeFolder({ ...source, "spec/a_spec.lua": text });
  const { stdout } = await runCli(folder, ["--framework", "busted", "--reporter", "none"]);
  expect(stdout).toMatch(/^2\.\S+\t@\/usr\/\S+core\.lua\n✔ a\b/m);
  expect(stdout).toContain("1 passed, 0 failed");
  expect(coverageIn(folder)["src/m.lua"]?.s).toEqual({ 0: 1, 1: 1, 2: 0, 3: 1 });
});

testWith("lua5.4", "busted")("without operands the tests are those that busted finds", async () => {
  const folder = makeFolder({ ...saysWhich, "spec/tool.lua": "error('x')", "test/script.lua": "error('x')" });
  const { stdout } = await runCli(
    folder,
    ["--lua", "lua5.4", "--framework", "busted", "--reporter", "none"],
    debian(),
  );
  expect(stdout).toContain("1 passed, 0 failed");
});

const advice = (name: string) =>
  `luarocks --lua-version 5.4 install ${name} brings one, and lua-path or LUA_PATH name other folders\n`;

testWith("lua5.4").for([
  ["busted", "busted of 2.0 or later"],
  ["luaunit", "luaunit of 3.2 or later"],
] as const)("a missing %s is told once, before anything runs", async ([name, wanted]) => {
  const folder = makeFolder({ "spec/a_spec.lua": "print('ran')", "spec/b_spec.lua": "" });
  const environment = { LUA_PATH: "./lib/?.lua;./?.lua", HOME: folder };
  const args = ["--framework", name, "--reporter", "none"];
  const native = await runCli(folder, ["--lua", "lua5.4", ...args], environment);
  expect(native).toMatchObject({ code: 2, stdout: "" });
  expect(native.stderr).toContain(`ERROR: "lua5.4" finds no ${wanted}, which is to run the tests, in `);
  for (const each of ["./lib", "./lua_modules/share/lua/5.4"]) expect(native.stderr).toContain(each);
  expect(native.stderr).toContain("<folder>/.luarocks/share/lua/5.4");
  expect(native.stderr.endsWith(advice(name))).toBe(true);
  expect(native.stderr.trimEnd()).not.toContain("\n");
});

test("a busted that the embedded Lua does not find is told in the same way", async () => {
  const folder = makeFolder({ "spec/a_spec.lua": "" });
  const environment = { LUA_PATH: "./lib/?.lua", HOME: folder };
  const { code, stderr } = await runCli(folder, ["--framework", "busted"], environment);
  expect(stderr).toMatch(/^ERROR: the embedded Lua finds no busted of 2\.0 or later, .* \.\/lib, .*\n$/);
  expect(code).toBe(2);
});

testWith("lua5.4").for([
  ["busted", "busted/core.lua", "return require 'no_such_part'", "module 'no_such_part' not found:"],
  ["busted", "busted/core.lua", "os.exit(3)", "loading it ends Lua with exit code 3"],
  ["luaunit", "luaunit.lua", "return { VERSION = '2.1', LuaUnit = {} }", "it is no LuaUnit of 3.2 or later"],
] as const)("a %s that cannot be loaded is told in a sentence: %s", async ([name, file, text, problem]) => {
  const folder = makeFolder({ [file]: text, "spec/a_spec.lua": "" });
  const environment = { LUA_PATH: "./?.lua", HOME: folder };
  const { code, stderr } = await runCli(folder, ["--lua", "lua5.4", "--framework", name], environment);
  expect(stderr).toContain(`ERROR: "lua5.4" cannot use the ${name} that it finds: `);
  expect(stderr).toContain(problem);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(code).toBe(2);
});

const suite = {
  ...source,
  "test/t.lua": `TestM = {}
function TestM:testIs() luaunit_is_loaded() end
function luaunit_is_loaded() assert(package.loaded.luaunit) require("src.m")(1) end
`,
  "test/u.lua": `local lu = require "luaunit"
function test_own() lu.assertEquals(1, 2) end
os.exit(lu.LuaUnit.run())
`,
};

testWith(
  "lua5.1",
  "lua5.4",
  "luaunit",
)("an installed LuaUnit runs every file, also one that does not load it", async () => {
  const folder = makeFolder(suite);
  const luas = ["--lua", "lua5.1", "--lua", "lua5.4", "--lua", "fengari"];
  const args = [...luas, "--framework", "luaunit", "--reporter", "none", "--test-reporter", "tap", "test"];
  const { stdout } = await runCli(folder, args);
  expect(stdout.match(/^(not )?ok .*$/gm)).toEqual(
    [
      "t.lua (lua5.1): TestM › testIs",
      "u.lua (lua5.1): test_own",
      "t.lua (lua5.4): TestM › testIs",
      "u.lua (lua5.4): test_own",
      "t.lua: TestM › testIs",
      "u.lua: test_own",
    ].map((each, index) => `${index % 2 === 0 ? "ok" : "not ok"} ${index + 1} - test/${each}`),
  );
  expect(coverageIn(folder)["src/m.lua"]?.f).toEqual({ 0: 3 });
});

/** What Debian has installed, wherever else a machine has something; the variables without a version are for 5.1. */
function debian(): Files {
  const [first, { LUA_PATH, LUA_CPATH }] = [debianPaths("lua5.1"), debianPaths("lua5.4")];
  return { ...first, LUA_PATH_5_4: LUA_PATH, LUA_CPATH_5_4: LUA_CPATH };
}

interface Ran {
  readonly code: number;
  /** TAP without times. */
  readonly stdout: string;
  readonly stderr: string;
  readonly coverage: unknown;
}

/** Runs specs by our runner, and by the busted that is installed. */
async function byBoth(files: Files, args: readonly string[]): Promise<readonly [Ran, Ran]> {
  const run = async (framework: string): Promise<Ran> => {
    const folder = makeFolder(files);
    const own = ["--style", "spec", "--framework", framework, "--reporter", "none", "--test-reporter", "tap"];
    const { code, stdout, stderr } = await runCli(folder, [...own, ...args], debian());
    const coverage = Object.keys(files).some((name) => name.startsWith("src/")) ? coverageOf(folder) : null;
    return {
      code,
      stdout: stdout.replace(/duration_ms: .*/g, "duration_ms"),
      stderr: withoutCounts(stderr),
      coverage,
    };
  };
  return Promise.all([run("luacov-ts"), run("busted")]);
}

/** How many processes have left their last counts depends on when they were killed. */
function withoutCounts(stderr: string): string {
  return stderr.replace(/^WARNING: \d+ of \d+ Lua processes/m, "WARNING: N of M Lua processes");
}

function coverageOf(folder: string): unknown {
  return JSON.parse(JSON.stringify(coverageIn(folder)).replaceAll(folder, "<folder>"));
}
