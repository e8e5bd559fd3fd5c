import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";
import { repository } from "./pages.js";

testWith("nvim")("the example for neotest reads results by the ids of their positions", async () => {
  const folder = makeFolder({
    "spec/a_spec.lua": `describe("one", function()
  it("passes", function() end)
  it("fails", function() assert.equal(1, 2) end)
  pending("waits")
end)
`,
    "read.lua": `
      local adapter = dofile "${path.join(repository, "examples/editors/neotest.lua")}"
      local found = {}
      for id, result in pairs(adapter.results { context = { results = "results.json" } }) do
        local line = result.errors and result.errors[1].line
        found[#found + 1] = ("%s %s %s"):format(id, result.status, tostring(line))
      end
      table.sort(found)
      io.stdout:write(table.concat(found, "\\n"), "\\n")`,
  });
  await runCli(folder, ["--no-coverage", "--test-reporter", "json=results.json"]);
  const args = ["--headless", "-u", "NONE", "-i", "NONE", "-c", "luafile read.lua", "-c", "qall!"];
  const { stdout } = spawnSync(toolPath("nvim"), args, { cwd: folder, encoding: "utf8" });
  const file = path.join(folder, "spec/a_spec.lua");
  expect(stdout.trim().split("\n")).toEqual([
    `${file}::one::fails failed 2`,
    `${file}::one::passes passed nil`,
    `${file}::one::waits skipped nil`,
  ]);
});
