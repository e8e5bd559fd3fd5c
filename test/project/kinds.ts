import type { Files } from "../support/project.js";

/** A kind of project as people have them: what is there before anybody has heard of us. */
export type Kind = keyof typeof kinds;

const stack = `local Stack = {}
Stack.__index = Stack

function Stack.new()
  return setmetatable({ size = 0 }, Stack)
end

function Stack:push(value)
  self.size = self.size + 1
  self[self.size] = value
end

return Stack
`;

const stackSpec = (module: string) => `local Stack = require "${module}"

describe("a stack", function()
  it("counts what is pushed", function()
    local stack = Stack.new()
    stack:push("a")
    assert.equal(1, stack.size)
  end)
end)
`;

/** As much of LuaUnit as a test needs: people have a copy of it in their project. */
const luaunit = `local M = { VERSION = "3.4" }
M.LuaUnit = {}
function M.assertEquals(actual, expected)
  if actual ~= expected then error("expected: " .. tostring(expected) .. ", actual: " .. tostring(actual), 2) end
end
function M.LuaUnit.startSuite() end
function M.LuaUnit.run()
  for name, class in pairs(_G) do
    if type(name) == "string" and name:find "^Test" and type(class) == "table" then
      for _, test in pairs(class) do test() end
    end
  end
  return 0
end
return M
`;

export const kinds = {
  "specs with .busted": {
    ".busted": `return {
  _all = { lpath = "lib/?.lua;lib/?/init.lua" },
  default = { ROOT = { "spec" }, verbose = true },
}
`,
    "lib/stack.lua": stack,
    "spec/stack_spec.lua": stackSpec("stack"),
    "spec/support/values.lua": "return { 1, 2, 3 }\n",
  },
  LuaUnit: {
    "lib/stack.lua": stack,
    "vendor/luaunit.lua": luaunit,
    "test/helper.lua": 'return { name = "helper" }\n',
    "test/test_stack.lua": `local lu = require "luaunit"
local Stack = require "stack"
local helper = require "test.helper"

TestStack = {}
function TestStack.testPush()
  local stack = Stack.new()
  stack:push(helper.name)
  lu.assertEquals(stack.size, 1)
end

os.exit(lu.LuaUnit.run())
`,
  },
  scripts: {
    "src/util.lua": "local M = {}\nfunction M.double(n)\n  return n * 2\nend\nreturn M\n",
    "test/fixtures/broken.lua": 'error "a fixture is no test"\n',
    "test/util.lua": 'local util = require "util"\nassert(util.double(2) == 4)\n',
  },
  "a rockspec with modules in C": {
    "vec-1.0-1.rockspec": `package = "vec"
version = "1.0-1"
source = { url = "git://example.com/vec" }
dependencies = { "lua >= 5.1", "lua-cjson" }
build = {
  type = "builtin",
  modules = { vec = "lua/vec.lua", ["vec.core"] = { "csrc/core.c" } },
}
`,
    "csrc/core.c": "int luaopen_vec_core(void *L) { return 0; }\n",
    "lua/vec.lua": `local json = require "cjson"
local M = {}
function M.text(list)
  return json.encode(list)
end
return M
`,
    "spec/vec_spec.lua": `local vec = require "vec"
it("is shown as JSON", function()
  assert.equal("[1,2]", vec.text { 1, 2 })
end)
`,
  },
  "a Neovim plugin": {
    "plugin/greet.lua":
      'vim.api.nvim_create_user_command("Greet", function() require("greet").greet() end, {})\n',
    "lua/greet/init.lua": `local M = {}
function M.greeting(name)
  return vim.trim("  hello " .. name)
end
return M
`,
    "tests/minimal_init.lua": "vim.opt.runtimepath:append(vim.fn.getcwd())\n",
    "tests/greet_spec.lua": `describe("greet", function()
  it("trims", function()
    assert.equal("hello you", require("greet").greeting("you"))
  end)
end)
`,
  },
  "an OpenResty library": {
    "dist.ini": "name = lua-resty-limit\nabstract = limits\nis_original = yes\nlib_dir = lib\n",
    "lib/resty/limit.lua": `local now = ngx.now
local M = {}
function M.age(time)
  return now() - time
end
return M
`,
    "spec/limit_spec.lua": `local limit = require "resty.limit"
it("knows an age", function()
  assert.is_true(limit.age(0) > 0)
end)
`,
    "t/limit.t": "use Test::Nginx::Socket;\n",
  },
  "a LÖVE game": {
    "conf.lua": 'function love.conf(t)\n  t.window.title = "game"\nend\n',
    "main.lua": 'local world = require "game.world"\nfunction love.update(dt)\n  world.step(dt)\nend\n',
    "game/world.lua":
      "local M = { time = 0 }\nfunction M.step(dt)\n  M.time = M.time + dt\nend\nfunction M.draw()\n  love.graphics.print(M.time)\nend\nreturn M\n",
    "tests/world.lua": 'local world = require "game.world"\nworld.step(2)\nassert(world.time == 2)\n',
  },
  TypeScriptToLua: {
    "package.json": {
      name: "counter",
      private: true,
      scripts: { build: "tstl" },
      devDependencies: { "typescript-to-lua": "^1.26.0" },
    },
    "tsconfig.json": `{
  // compiled by tstl
  "compilerOptions": { "rootDir": "src", "outDir": "out" },
  "tstl": { "luaTarget": "5.4", "luaLibImport": "require" },
}
`,
    "src/counter.ts": "export const next = (n: number) => n + 1;\n",
    "src/counter.test.ts": 'import { next } from "./counter";\nif (next(1) !== 2) throw "wrong";\n',
    "out/lualib_bundle.lua": "return { __TS__Add = function(a, b) return a + b end }\n",
    "out/counter.lua":
      'local ____lualib = require("lualib_bundle")\nlocal ____exports = {}\n____exports.next = function(n) return ____lualib.__TS__Add(n, 1) end\nreturn ____exports\n',
    "out/counter.test.lua":
      'local ____counter = require("counter")\nif ____counter.next(1) ~= 2 then\n    error("wrong", 0)\nend\n',
  },
  "a mixed JavaScript repository": {
    "package.json": {
      name: "mixed",
      private: true,
      scripts: { test: "mocha" },
      devDependencies: { nyc: "^17" },
    },
    ".nycrc.json": { include: ["src/**/*.js"], extension: [".js"], "report-dir": "coverage-js" },
    "src/index.js": "module.exports = 1;\n",
    "test/index.test.js": 'require("../src/index.js");\n',
    "scripts/limits.lua": "local M = {}\nfunction M.within(n)\n  return n < 10\nend\nreturn M\n",
    "scripts/limits_spec.lua": `local limits = require "limits"
it("has limits", function()
  assert.is_true(limits.within(1))
end)
`,
    "node_modules/wasmoon/test.lua": "print(1)\n",
  },
  "a checksum": {
    "src/sum.lua":
      "return function(text)\n  local sum = 0\n  for at = 1, #text do\n    sum = (sum * 65599 + text:byte(at)) % 0x100000000\n  end\n  return sum\nend\n",
    "spec/sum_spec.lua": 'it("is a sum", function() assert.equal(939828498, require "sum" "luacov") end)\n',
  },
  "an empty folder": {},
} as const satisfies Record<string, Files>;
