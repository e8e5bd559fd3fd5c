import { appendFileSync, cpSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { bindHost } from "../../src/engine/fengari/bind/bind.js";
import { installBundled } from "../../src/engine/fengari/bind/bindBundled.js";
import { pushValue } from "../../src/engine/fengari/bind/bindValue.js";
import {
  type LuaState,
  lauxlib,
  lua,
  openLibraries,
  toLuaString,
  toText,
} from "../../src/engine/fengari/fengari.js";
import { Stop } from "../../src/engine/fengari/stop.js";
import { createHost } from "../../src/engine/host/host.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { leaveOut } from "../support/luaDifferences.js";
import { testWith } from "../support/tools.js";

/** Where a case's path has a folder for the user's own modules, and one that stands for the distribution's. */
type Files = Readonly<Record<string, string>>;

const distributions = "dist";

/** What a Lua text returns in a state with our modules: behind all others, or ahead of the distribution's. */
function run(order: "behind all others" | "ahead of the distribution", files: Files, text: string): string {
  const folder = makeFolder(files);
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  const { importFile } = bindHost(L, { host: createHost(), stop: new Stop() });
  const templates = (part: string) => [`${folder}/${part}/?.lua`, `${folder}/${part}/?/init.lua`];
  lua.lua_getglobal(L, toLuaString("package"));
  lua.lua_pushstring(L, toLuaString([...templates("own"), ...templates(distributions)].join(";")));
  lua.lua_setfield(L, -2, toLuaString("path"));
  if (order === "behind all others") installBundled(L, importFile);
  else {
    importFile(L, "bundled");
    lua.lua_getfield(L, -1, toLuaString("install"));
    lua.lua_getfield(L, -2, toLuaString("modules"));
    pushValue(
      L,
      templates(distributions).map((each) => toLuaString(each)),
    );
    lua.lua_call(L, 2, 0);
  }
  return resultOf(L, text).replaceAll(path.join(folder, "/"), "");
}

function resultOf(L: LuaState, text: string): string {
  const code = toLuaString(text);
  lauxlib.luaL_loadbufferx(L, code, code.length, toLuaString("=test"), null);
  lua.lua_pcall(L, 0, 1, 0);
  return toText(lauxlib.luaL_tolstring(L, -1)).replace(/^test:1: (.*?):\n.*/s, "$1");
}

const own = { "own/luassert/init.lua": "return 'own'", "own/luassert/spy.lua": "return 'own spy'" };
const distribution = {
  "dist/luassert/init.lua": "return 'distribution'",
  "dist/luassert/spy.lua": "return 'distribution spy'",
  "dist/say.lua": "return 'distribution say'",
};
const whose = `return tostring(require "luassert"):gsub("0x%x+", "ours") .. ", " .. tostring(require "luassert.spy"):gsub("0x%x+", "ours")`;
const ours = "table: ours, table: ours";

describe("whose assertions a program gets", () => {
  test.for<[string, Parameters<typeof run>[0], Files, string, string]>([
    ["ours where there are no others", "behind all others", {}, whose, ours],
    ["ours in specs", "ahead of the distribution", {}, whose, ours],
    [
      "the distribution's in scripts",
      "behind all others",
      distribution,
      whose,
      "distribution, distribution spy",
    ],
    ["ours in specs, not the distribution's", "ahead of the distribution", distribution, whose, ours],
    ["the user's own in scripts", "behind all others", own, whose, "own, own spy"],
    ["the user's own in specs", "ahead of the distribution", own, whose, "own, own spy"],
    [
      "the user's own before the distribution's in specs",
      "ahead of the distribution",
      { ...distribution, ...own },
      whose,
      "own, own spy",
    ],
    [
      "no mixture of the user's own with ours",
      "ahead of the distribution",
      own,
      `require "luassert.stub"`,
      "module 'luassert.stub' not found",
    ],
    [
      "no mixture when a part is asked for first",
      "behind all others",
      own,
      `require "luassert.mock"`,
      "module 'luassert.mock' not found",
    ],
    [
      "those that it had first, when the path changes later",
      "behind all others",
      own,
      `local path = package.path
       package.path = "nowhere"
       local spy = require "luassert.spy"
       package.path = path
       return type(require "luassert")`,
      "table",
    ],
    [
      "each root by itself",
      "ahead of the distribution",
      { "own/say.lua": "return 'own say'" },
      `return require "say" .. ", " .. type(require "luassert")`,
      "own say, table",
    ],
    [
      "messages of a say of the user's own",
      "behind all others",
      {
        "own/say.lua": `return setmetatable({ _registry = {} }, {
          __call = function(_, key) return key == "mine" and "the user's text" or nil end })`,
      },
      `require "say"
       local assert = require "luassert"
       assert:register("assertion", "mine", function() return false end, "mine", "mine")
       local _, message = pcall(assert.mine)
       return message`,
      "the user's text",
    ],
    [
      "ours in spite of another module named say",
      "behind all others",
      { "own/say.lua": "return { hello = print }" },
      `require "say"
       local _, message = pcall(require "luassert".is_true, false)
       return message:match "[^\\n]*"`,
      "Expected objects to be the same.",
    ],
    [
      "nothing of that name",
      "behind all others",
      {},
      `require "luassert.nothing"`,
      "module 'luassert.nothing' not found",
    ],
    [
      "a preloaded one",
      "behind all others",
      {},
      `package.preload.say = function() return "mine" end return require "say"`,
      "mine",
    ],
  ])("%s", ([, order, files, text, expected]) => {
    expect(run(order, files, text)).toBe(expected);
  });
});

const script = `local assert = require "luassert"
assert.are.equal(1, 2)
`;

testWith("luassert")(
  "a spec gets all of the luassert in its project, and its failures are failures",
  async () => {
    const folder = makeFolder({
      "own_spec.lua": `it("is the project's", function()
      local s = spy.new(function() end)
      s(1)
      assert.spy(s).was.called_with(match.is_number())
      assert.equal("own", rawget(assert, "whose"))
      assert.equal(getmetatable(s).__call, getmetatable(require "luassert.spy".new()).__call)
      assert.equal("@lua/luassert/spy.lua", debug.getinfo(getmetatable(s).__call, "S").source)
    end)
    it("fails", function() assert.is_true(false) end)`,
    });
    for (const name of ["luassert", "say"]) {
      cpSync(`/usr/share/lua/5.3/${name}`, path.join(folder, "lua", name), {
        recursive: true,
        dereference: true,
      });
    }
    appendFileSync(path.join(folder, "lua/luassert/array.lua"), `\nassert.whose = "own"\n`);
    const templates = ["--lua-path", "lua/?.lua", "--lua-path", "lua/?/init.lua"];
    const { stdout } = await runCli(folder, ["--reporter", "none", ...templates, "own_spec.lua"], nowhere);
    expect(stdout).toContain("1 passed, 1 failed");
    expect(stdout).toContain("own_spec.lua fails\n   own_spec.lua:9: Expected objects to be the same.");
  },
);

test("a script finds our assertions", async () => {
  const folder = makeFolder({ "check.lua": script });
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "none", "check.lua"], nowhere);
  expect(`${stdout}${stderr}`).toContain("check.lua:2: Expected objects to be equal.\n");
  expect(code).not.toBe(0);
});

const testOurs = testWith("a /usr/local/share/lua without luassert");

testOurs(
  "assertions hold in a sandbox, which leaves programs little of the debug library",
  async ({ skip }) => {
    leaveOut("the sandbox", skip);
    const spec = `it("asserts", function()
    assert.is_nil(debug.getmetatable)
    local s = spy.new(function() end)
    s({ 1 })
    assert.spy(s).was.called_with({ 1 })
    assert.has_error(function() assert.same({ 1 }, { 2 }) end)
  end)`;
    const folder = makeFolder({ "asserts_spec.lua": spec });
    const { stdout } = await runCli(folder, ["--reporter", "none", "--sandbox", "asserts_spec.lua"], nowhere);
    expect(stdout).toContain("1 passed, 0 failed");
  },
);

test("a program under exec finds none", async () => {
  const folder = makeFolder({ "check.lua": `print(pcall(require, "luassert.no_such_module"))` });
  const ran = await runCli(folder, ["--reporter", "none", "exec", "check.lua"], nowhere);
  expect(ran.stdout).toContain("module 'luassert.no_such_module' not found");
});

/** The distribution's templates come last on package.path, whatever it is. */
const nowhere = { LUA_PATH: "./?.lua" };

test.for<[string, string]>([
  ["spec/a_spec.lua", 'require "luacov" it("counts", function() assert.equal(2, require "m") end)'],
  ["test/a.lua", 'require "luacov" require "luacov.tick" assert(require "m" == 2)'],
])("a test that turns LuaCov on needs none: %s", async ([file, text]) => {
  const folder = makeFolder({ [file]: text, "m.lua": "return 2" });
  const { code, stdout } = await runCli(folder, [file, "--reporter", "text"]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/1 passed, 0 failed[\s\S]* m\.lua +\| +100 \|/)]);
});
