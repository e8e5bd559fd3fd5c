import { spawnSync } from "node:child_process";
import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";

const files = {
  "src/point.lua": `local ffi = require "ffi"
ffi.cdef "typedef struct luacov_ts_point { int x; } luacov_ts_point; int abs(int);"
local meta = ffi.metatype("luacov_ts_point", { __index = { abs = function(self) return ffi.C.abs(self.x) end } })
return function(x) return meta(x) end
`,
  "spec/point_spec.lua": `for round = 1, 2 do
  insulate("round " .. round, function()
    it("is loaded again", function()
      assert.is_nil(package.loaded["src.point"])
      assert.equal(3, require "src.point"(-3):abs())
    end)
  end)
end
it("is told of what is new, at its line", function()
  local ffi = require "ffi"
  local ok, message = pcall(function()
    ffi.cdef "struct luacov_ts_point { int other; };"
  end)
  assert.is_false(ok)
  assert.equal("spec/point_spec.lua:12: attempt to redefine 'luacov_ts_point'", message)
  assert.has_error(function() ffi.cdef() end)
  assert.equal(4, ffi.sizeof(ffi.typeof("$", ffi.typeof "int")))
  assert.equal(8, ffi.sizeof(ffi.typeof("$", ffi.typeof "double")))
end)
`,
};

testWith("luajit", "busted")("declarations to C may be made again in specs, as under busted", async () => {
  const folder = makeFolder(files);
  const args = [toolPath("busted"), "-o", "TAP", "--lpath=./?.lua"];
  const theirs = spawnSync(toolPath("luajit"), args, { cwd: folder, encoding: "utf8" });
  expect(theirs.stdout).toMatch(/^ok 1 .*\nok 2 /);
  const { code, stdout } = await runCli(folder, ["--lua", "luajit", "--reporter", "none"]);
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("3 passed") });
});
