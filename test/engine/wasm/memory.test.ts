import path from "node:path";
import { expect, test } from "vitest";
import { wasmVersions } from "../../../src/engine/wasm/package/versions.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { runEmbedded } from "./compare.js";

/** Fills the memory up to the last byte, and keeps it filled. */
const fill = `
local pcall, error, write, stderr = pcall, error, io.write, io.stderr
local list
local function fill() while true do list = { list } end end
local function filled() return not pcall(fill) end`;

const nested = `${fill}
local greatest = 60
local reached = {}
for depth = 0, greatest do reached[depth] = false end
local function deep(depth)
  if depth == 0 then error("thrown", 0) end
  local _, message = pcall(deep, depth - 1)
  reached[depth] = message
  error(message, 0)
end
local isFilled = filled()
local ok, message = pcall(deep, greatest)
list = nil
for _ = 1, 10 do if pcall(collectgarbage) then break end end
print(isFilled, ok, message == "thrown" or message == "not enough memory")
local isCaught = false
for depth = 1, greatest do
  isCaught = isCaught or reached[depth]
  if isCaught and reached[depth] ~= message then print(depth, reached[depth], message) end
end`;

test.for(wasmVersions)(
  "in %s a protected call ends an error where no memory is left for anything",
  (version) => {
    expect(run(version, nested)).toEqual(["true\tfalse\ttrue\n", "", 0]);
  },
);

/** Each is called with the memory filled, which is why it may fail in one way. */
const everything = `${fill}
local module = io.open("m.lua", "w")
module:write "return 1"
module:close()
local calls = {
  function() return io.open("script.lua") end,
  function() return io.open("script.lua"):read "a" end,
  function() return io.lines "script.lua" end,
  function() return io.popen "echo x":read "l" end,
  function() return os.execute "true" end,
  function() return os.tmpname() end,
  function() return os.getenv "PATH" end,
  function() return os.date "%c" end,
  function() return os.date("*t").year end,
  function() return os.rename("/no", "/nothing") end,
  function() return require "lfs".attributes "." end,
  function() return require "no.such.module" end,
  function() return ("x"):rep(1e6) end,
  function() return ("%s %d"):format("x", 1) end,
  function() return ("a b c"):gsub("%w", "%0%0") end,
  function() return table.concat({ "a", 1, "b" }, ", ") end,
  function() return (loadstring or load)("return " .. ("x"):rep(3000)) end,
  function() return string.dump(fill) end,
  function() return coroutine.wrap(function() return {} end)() end,
  function() return debug.traceback "here" end,
  function() return tostring({}) .. tostring(print) end,
  function() return setmetatable({}, { __gc = function() end }) end,
  function() return math.random(10) end,
  function() return io.write "" end,
  function() return dofile "m.lua" end,
  function() return loadfile "m.lua" end,
}
local oks, messages, areFilled = {}, {}, {}
for index = 1, #calls do oks[index], messages[index], areFilled[index] = false, false, false end
for index = 1, #calls do
  areFilled[index] = filled()
  oks[index], messages[index] = pcall(calls[index])
end
list = nil
for _ = 1, 10 do if pcall(collectgarbage) then break end end
for index, ok in ipairs(oks) do
  local message = messages[index]
  local isMemory = not ok and tostring(message):find "not enough memory" or message == nil
  if not (areFilled[index] and (ok or isMemory)) then print(index, areFilled[index], ok, message) end
end
local text = assert(io.open "m.lua"):read "*a"
print("the end", text)`;

test.for(wasmVersions)("in %s what a library cannot do without memory is an error of Lua's", (version) => {
  expect(run(version, everything)).toEqual(["the end\treturn 1\n", "", 0]);
});

test.for(wasmVersions)("in %s a test that fills the memory fails, and is told of", async (version) => {
  const spec = (body: string) => `describe("memory", function()
      it("before", function() end)
      it("fills", function() ${body} end)
      it("after", function() end)
    end)`;
  const folder = makeFolder({
    "spec/garbage_spec.lua": spec("local list while true do list = { list } end"),
    // What is kept leaves nothing for the tests that follow.
    "spec/kept_spec.lua": spec("while true do kept = { kept } end"),
  });
  const { code, stdout } = await runCli(folder, ["--lua", version, "--max-memory", "32", "spec"]);
  expect(stdout).toContain(`✖ spec/garbage_spec.lua (${version})  3 tests, 1 failed`);
  expect(stdout).toContain(`✖ spec/kept_spec.lua (${version})`);
  expect(stdout.match(/^\d\) .*$/gm)?.slice(0, 2)).toEqual([
    `1) spec/garbage_spec.lua (${version}) memory › fills (error)`,
    `2) spec/kept_spec.lua (${version}) memory › fills (error)`,
  ]);
  // Then the end of the file, and what is after the test that fills the memory, which may just find enough.
  expect(stdout).toMatch(/^[34] passed, [234] failed$/m);
  expect(code).toBe(1);
});

function run(version: (typeof wasmVersions)[number], text: string) {
  const folder = makeFolder({ "script.lua": text });
  const { stdout, stderr, code } = runEmbedded(version, path.join(folder, "script.lua"), "", 16);
  return [stdout, stderr, code];
}
