import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** A helper as plugins have it for plenary's runner, which makes all of that global. */
const helper = `local M = {}
function M.each(names, run)
  describe("each", function()
    before_each(function() M.count = (M.count or 0) + 1 end)
    after_each(function() M.after = true end)
    for _, name in ipairs(names) do
      it(name, function() run(name) end)
    end
    pending("later", function() end)
  end)
end
function M.kind() return type(assert) end
return M
`;

const spec = (kind: string) => `local helper = require "tests.helper"
helper.each({ "a", "b" }, function(name) assert.equal(name == "a" and 1 or 2, helper.count) end)
it("has an assert", function() assert.equal("${kind}", helper.kind()) end)
it("waits", function()
  local thread = coroutine.running()
  for round = 1, 3 do
    local heard
    vim.defer_fn(function() heard = round; coroutine.resume(thread) end, 5)
    coroutine.yield()
    assert.equal(round, heard)
  end
end)
it("fails behind a wait", function()
  local thread = coroutine.running()
  vim.schedule(function() coroutine.resume(thread) end)
  coroutine.yield()
  assert.equal(1, 2)
end)
it("goes on", function() assert.truthy(vim.wait(100, function() return true end)) end)
`;

const shown = `each
  ✔ a
  ✔ b
  ○ later
✔ has an assert
✔ waits
✖ fails behind a wait
✔ goes on
✖ tests/a_spec.lua (nvim)  7 tests, 1 failed, 1 pending (N ms)
`;

testWith("nvim")("specs of a plugin run in Neovim as under plenary's runner", async () => {
  const folder = makeFolder({ "tests/helper.lua": helper, "tests/a_spec.lua": spec("table") });
  const { code, stdout, stderr } = await runCli(folder, ["--lua", "nvim", "--reporter", "none", "tests"]);
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout.replace(/\d+ ms/, "N ms")).toContain(shown);
  expect(stdout).toContain("tests/a_spec.lua:17: Expected objects to be equal.");
});

testWith("nvim")("where busted is configured, modules have Lua's own assert, as under busted", async () => {
  const files = {
    "tests/helper.lua": helper,
    "tests/a_spec.lua": spec("function"),
    ".busted": 'return { default = { ROOT = { "tests" } } }\n',
  };
  const { stdout } = await runCli(makeFolder(files), ["--lua", "nvim", "--reporter", "none"]);
  expect(stdout.replace(/\d+ ms/, "N ms")).toContain(shown);
});

testWith("nvim")("what a plugin has in its folders for Neovim is found in any folder", async () => {
  const folder = makeFolder({
    "a, b/lua/greeting.lua": "return function() return vim.fn['greeting#name']() end\n",
    "a, b/autoload/greeting.vim": "function greeting#name()\n  return 'you'\nendfunction\n",
    "a, b/tests/greeting_spec.lua":
      'it("greets", function() assert.equal("you", require "greeting"()) end)\n',
  });
  const { code } = await runCli(`${folder}/a, b`, ["--lua", "nvim", "--reporter", "none", "tests"]);
  expect(code).toBe(0);
});

testWith("nvim")("a test in Neovim begins in an empty buffer, as a program does", async () => {
  const shows = `io.stdout:write("[", vim.fn.expand "%", "] ", vim.fn.argc(), " ", vim.fn.bufnr "$", " ", vim.fn.line "$", "\\n")`;
  const folder = makeFolder({ "tests/a_spec.lua": `it("a", function() ${shows} end)`, "a.lua": shows });
  const test = await runCli(folder, ["--lua", "nvim", "--no-coverage"]);
  const program = await runCli(folder, ["--lua", "nvim", "--no-coverage", "run", "a.lua"]);
  expect([test.code, program.code]).toEqual([0, 0]);
  for (const { stdout } of [test, program]) expect(stdout).toContain("[] 0 1 1\n");
});
