import path from "node:path";
import { expect } from "vitest";
import { readCoverage } from "../../src/store/read.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { debianTemplates, startBusted } from "../support/lua53.js";
import { testWith, toolPath } from "../support/tools.js";

const spec = `
local shape = require "shape"

describe("a shape", function()
  local created
  setup(function() created = 0 end)
  before_each(function() created = created + 1 end)
  after_each(function() collectgarbage() end)

  it("has an area", function() assert.are.equal(6, shape.area(2, 3)) end)
  it("is compared deeply", function() assert.same({ w = 1, h = { 2 } }, { w = 1, h = { 2 } }) end)
  it("fails", function() assert.are.same({ a = 1, b = { 2, 3 } }, { a = 1, b = { 2, 4 } }) end)
  it("raises", function() error("out of shape") end)
  it("raises a table", function() error({ code = 5 }) end)
  it("expects an error", function() assert.has_error(function() shape.area(nil) end) end)
  pending("is round")
  it("spies", function()
    local s = spy.on(shape, "area")
    shape.area(1, 1)
    assert.spy(s).was.called_with(1, 1)
    s:revert()
    assert.equal(7, created)
  end)
  describe("nested #slow", function()
    insulate("insulated", function()
      it("loads anew", function() assert.is_not.equal(shape, require "shape") end)
    end)
    it("is near", function() assert.is.near(0.3, 0.1 + 0.2, 1e-9) end)
  end)
end)
`;

const shape = `local M = {}
function M.area(w, h)
  if not w then error("no width") end
  return w * h
end
return M
`;

/** Without times and addresses, which differ between any two runs. */
function comparable(output: string): string {
  return output
    .replace(/\d+\.\d+ seconds/g, "N seconds")
    .replace(/"duration":[\d.e-]+/g, '"duration":N')
    .replace(/\b(table|function): (0x[0-9a-f]+)/g, "$1: 0x…");
}

testWith("lua5.3", "busted").each<[string[]]>([
  [["-o", "plainTerminal"]],
  [["-o", "TAP"]],
  [["-o", "json"]],
  [["-o", "plainTerminal", "--tags", "slow"]],
  [["-o", "TAP", "--repeat", "2", "--filter", "near"]],
])("Debian's busted, unmodified, gives the same results as in lua5.3: %j", async (options) => {
  const folder = makeFolder({ "spec/shape_spec.lua": spec, "shape.lua": shape });
  const native = startBusted([...options, "spec"], { cwd: folder });
  const exec = ["--reporter", "none", "--exclude", "spec/**", "exec", toolPath("busted"), "--"];
  const ours = await runCli(folder, [...exec, ...options, "spec"], {
    LUA_PATH: `./?.lua;${debianTemplates}`,
  });
  expect(comparable(ours.stdout)).toBe(comparable(native.stdout.replaceAll(folder, "<folder>")));
  expect(ours.code).toBe(native.status);
  const coverage = readCoverage(path.join(folder, ".nyc_output"));
  expect(Object.keys(coverage)).toEqual([path.join(folder, "shape.lua")]);
});
