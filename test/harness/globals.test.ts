import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

/** What a program may do to its own globals, once it has what it needs itself. */
const hostile: Readonly<Record<string, string>> = {
  nothing: "",
  "strict globals": `setmetatable(_G, {
    __index = function(_, key) error("undeclared " .. tostring(key), 2) end,
    __newindex = function(_, key) error("assigned " .. tostring(key), 2) end,
  })`,
  "globals that throw": `for name, value in next, _G do
    if type(value) == "function" then _G[name] = function() throw("called " .. name) end end
  end`,
  "no globals": "for name in next, _G do if name ~= '_G' then _G[name] = nil end end",
  "libraries that throw": `for _, library in ipairs { string, table, math, io, os, debug, coroutine, utf8, bit32 } do
    for name, value in next, library do
      if type(value) == "function" then library[name] = function() throw("called " .. name) end end
    end
  end`,
  "empty libraries": `for _, library in ipairs { string, table, math, io, os, debug, coroutine, utf8, bit32 } do
    for name in next, library do library[name] = nil end
  end`,
  "strings without methods": "getmetatable('').__index = function() throw 'indexed a string' end",
  "an environment of its own": `for name in next, _G do if name ~= '_G' then _G[name] = nil end end
    _ENV = setmetatable({}, { __index = function(_, key) throw("undeclared " .. key) end })`,
};

const names = Object.keys(hostile);
const spec = readFileSync(path.join(import.meta.dirname, "globals.lua"), "utf8");

/** Messages name lines. */
function inOneLine(text = ""): string {
  return text.replaceAll("\n", " ");
}

/** What everything that a spec can call does, line by line, after a program did that to its globals. */
async function transcripts(files: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const folder = makeFolder(files);
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "none", "spec"]);
  expect([code, stderr, stdout]).toEqual([0, "", expect.stringContaining(", 0 failed")]);
  return new Map(names.map((name, index) => [name, readFileSync(path.join(folder, `out${index}`), "utf8")]));
}

test("whatever a program does to its globals, what a spec calls does the same", {
  timeout: 300_000,
}, async () => {
  const specs = names.map((name, index) => {
    const text = spec
      .replaceAll("OUTPUT", `out${index}`)
      .replace("-- HOSTILE", () => inOneLine(hostile[name]));
    return [`spec/s${index}_spec.lua`, text];
  });
  const found = await transcripts({
    "m.lua": "return 1",
    "spec/data.txt": "data",
    ...Object.fromEntries(specs),
  });
  const expected = found.get("nothing") ?? "";
  expect(expected.split("\n").length).toBeGreaterThan(500);
  for (const name of names) expect([name, found.get(name)]).toEqual([name, expected]);
});

test("modules of ours are found and work when a program asks for them after it has changed its globals", async () => {
  const late = `local describe, it, require, setmetatable = describe, it, require, setmetatable
    for name in next, _G do if name ~= "_G" then _G[name] = nil end end
    setmetatable(_G, { __index = function(_, key) return 1 + ("undeclared " .. key) end })
    describe("late", function()
      it("asserts", function()
        local assert = require "luassert"
        assert.has_error(function() assert.same({ 1 }, { 2 }) end)
        assert.spy(require "luassert.spy".new(function() end)).was.called(0)
        assert.is_not_nil(require "say".set)
      end)
    end)`;
  const folder = makeFolder({ "spec/late_spec.lua": late });
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "none", "--exclude", "**", "spec"]);
  expect(stdout).toContain("1 passed, 0 failed");
  expect(code).toBe(1);
  expect(stderr).toContain("the tests loaded no other Lua file");
});
