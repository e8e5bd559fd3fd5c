import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../command.js";
import { runCli } from "../../support/cli.js";
import { both, linesOf } from "../../support/cover.js";
import { filesIn, makeFolder } from "../../support/folder.js";
import { type ToolName, testWith, toolPath } from "../../support/tools.js";

/** Runs a tool by itself and measured; what it says is the same. */
async function same(
  files: Readonly<Record<string, string | Uint8Array>>,
  tool: ToolName,
  args: readonly string[],
) {
  const result = await both(files, tool, args);
  expect(result.covered).toEqual(result.plain);
  return result;
}

const stack = `local Stack = {}
Stack.__index = Stack
function Stack.new() return setmetatable({ n = 0 }, Stack) end
function Stack:push(value)
  self.n = self.n + 1
  self[self.n] = value
end
function Stack:pop()
  if self.n == 0 then error("empty", 2) end
  local value = self[self.n]
  self[self.n], self.n = nil, self.n - 1
  return value
end
return Stack
`;

const specs = `local Stack = require "src.stack"
describe("a stack", function()
  local s
  before_each(function() s = Stack.new() end)
  it("gives back what came last", function()
    s:push(1) s:push(2)
    assert.equal(2, s:pop())
  end)
  it("is empty first #fast", function() assert.has_error(function() s:pop() end, "empty") end)
  it("says what fails", function() assert.equal(1, s.n) end)
  it("says where it raises", function() s:push(s:pop()) end)
  pending("does more")
  insulate("sees no globals of others", function()
    it("sets one", function() leaked = true; assert.spy(spy.new(print)).was_not_called() end)
  end)
end)
`;

for (const lua of ["lua5.1", "lua5.3"] as const) {
  testWith(lua, "busted")(`busted's specs end as without: ${lua}`, async () => {
    const files = { "src/stack.lua": stack, "spec/stack_spec.lua": specs };
    for (const output of ["TAP", "plainTerminal"]) {
      const { covered, coverage } = await same(files, lua, [toolPath("busted"), "-o", output]);
      expect(covered.code).toBe(1);
      expect(Object.keys(coverage)).toEqual(["src/stack.lua"]);
      expect(Object.values(coverage["src/stack.lua"]?.s ?? {})).toEqual([
        1, 1, 1, 5, 1, 2, 2, 1, 3, 2, 1, 1, 1, 1,
      ]);
    }
  });
}

testWith(
  "lua5.1",
  "lua5.3",
  "luaunit",
)("LuaUnit's tests end as without", async () => {
  const files = {
    "src/stack.lua": stack,
    "test/all.lua": `local lu = require "luaunit"
local Stack = require "src.stack"
TestStack = {}
function TestStack:testPop() local s = Stack.new() s:push(3) lu.assertEquals(s:pop(), 3) end
function TestStack:testEmpty() lu.assertErrorMsgContains("empty", Stack.pop, Stack.new()) end
function TestStack:testFails() lu.assertEquals(Stack.new(), { n = 1 }) end
os.exit(lu.LuaUnit.run("-o", "tap"))
`,
  };
  for (const lua of ["lua5.1", "lua5.3"] as const) {
    const { covered, coverage } = await same(files, lua, ["test/all.lua"]);
    expect([covered.code, Object.keys(coverage)]).toEqual([1, ["src/stack.lua"]]);
  }
});

testWith("luajit")("a program with LuaJIT's ffi is measured, with its callbacks and finalizers", async () => {
  const files = {
    "ffi.lua": `local ffi = require "ffi"
ffi.cdef [[
typedef struct { int x, y; } luacov_point;
int abs(int n);
size_t strlen(const char *text);
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
]]
local freed = 0
local Point = ffi.metatype("luacov_point", {
  __add = function(a, b) return ffi.new("luacov_point", a.x + b.x, a.y + b.y) end,
  __index = {
    sum = function(self)
      return self.x + self.y
    end,
  },
})
local function compare(a, b)
  local p, q = ffi.cast("int *", a)[0], ffi.cast("int *", b)[0]
  return p < q and -1 or p > q and 1 or 0
end
local numbers = ffi.new("int[5]", 5, 3, 4, 1, 2)
local callback = ffi.cast("int (*)(const void *, const void *)", compare)
ffi.C.qsort(numbers, 5, 4, callback)
callback:free()
print(numbers[0], numbers[4], ffi.C.abs(-7), tonumber(ffi.C.strlen "four"), 2LL ^ 40, 1i)
local total = 0
for i = 1, 1000 do
  local p = Point(i, i) + Point(1, 1)
  total = total + p:sum()
end
do
  local held = ffi.gc(ffi.new "luacov_point", function() freed = freed + 1 end)
  held = nil
end
collectgarbage() collectgarbage()
print(total, freed)
`,
  };
  const { covered, coverage } = await same(files, "luajit", ["ffi.lua"]);
  expect(covered).toMatchObject({ code: 0, stdout: "1\t5\t7\t4\t1099511627776LL\t0+1i\n1003000\t1\n" });
  const lines = linesOf(coverage, "ffi.lua");
  expect([lines[9], lines[12], lines[28]]).toEqual([1000, 1000, 1000]);
  expect(lines[17]).toBeGreaterThanOrEqual(4);
});

for (const lua of ["lua5.1", "lua5.2", "lua5.3", "lua5.4", "luajit"] as const) {
  testWith(
    lua,
    "lua-cjson",
    "lua-socket",
  )(`modules in C load as without: ${lua}`, async () => {
    const files = {
      "echo.lua": `local socket, cjson = require "socket", require "cjson"
local server = assert(socket.bind("127.0.0.1", 0))
local ip, port = server:getsockname()
local client = assert(socket.connect(ip, port))
local peer = assert(server:accept())
peer:settimeout(5)
local function ask(value)
  client:send(cjson.encode(value) .. "\\n")
  local line = assert(peer:receive("*l"))
  local ok, answer = pcall(cjson.decode, line)
  return ok and answer or nil
end
print(ask({ 1, "two" })[2], ask({ three = 3 }).three == 3, _VERSION)
client:close()
print(peer:receive("*l"))
`,
    };
    const { covered, coverage } = await same(files, lua, ["echo.lua"]);
    expect(covered.stdout).toMatch(/^two\ttrue\tLua 5\.\d\nnil\tclosed\t\n$/);
    expect(Math.min(...Object.values(coverage["echo.lua"]?.s ?? {}))).toBe(1);
  });

  testWith(lua, "lua-lpeg")(`the example with a module in C is measured: ${lua}`, async () => {
    const { covered, coverage } = await same(example("grammar"), lua, ["test/sum.lua"]);
    expect(covered).toEqual({ code: 0, stdout: "ok\n", stderr: "" });
    expect(uncovered(coverage["src/sum.lua"]?.s)).toEqual(["7"]);
  });
}

testWith("nvim")("the example of a Neovim plugin is measured", async () => {
  const { stdout: agent } = await runCli(makeFolder({}), ["agent"]);
  const start = ["--headless", "-u", "NONE", "--cmd", `luafile ${agent.trim()}`];
  const runs = [
    "--cmd",
    "set runtimepath+=.",
    "-c",
    "runtime plugin/wordcount.lua",
    "-c",
    "luafile tests/run.lua",
  ];
  const { covered, coverage } = await same(example("neovim-plugin"), "nvim", [...start, ...runs]);
  expect(covered.code).toBe(0);
  expect(Object.keys(coverage)).toEqual(["lua/wordcount/init.lua", "plugin/wordcount.lua"]);
  expect(uncovered(coverage["plugin/wordcount.lua"]?.s)).toEqual([]);
  expect(uncovered(coverage["lua/wordcount/init.lua"]?.s).length).toBe(1);
});

testWith("make", "lua5.4")("make passes through", async () => {
  const files = {
    Makefile:
      "test:\n\t@lua5.4 a.lua one\n\t@cd sub && lua5.4 ../a.lua two\nfail: test\n\t@lua5.4 -e 'os.exit(3)'\n",
    "a.lua": "print(...)",
    "sub/x.txt": "",
  };
  const { covered, coverage } = await same(files, "make", ["--silent", "test"]);
  expect(covered.stdout).toBe("one\ntwo\n");
  expect(coverage["a.lua"]?.s).toEqual({ 0: 2 });
  expect((await same(files, "make", ["--silent", "fail"])).covered.code).toBe(2);
});

function example(name: string): Record<string, Uint8Array> {
  return filesIn(path.join(root, "examples/native", name));
}

function uncovered(counts: Record<string, number> = {}): string[] {
  return Object.keys(counts).filter((id) => counts[id] === 0);
}

test("each of these examples has a test here", () => {
  expect(readdirSync(path.join(root, "examples/native")).sort()).toEqual(["grammar", "neovim-plugin"]);
});
