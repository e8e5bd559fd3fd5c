import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const killed = {
  "src/steps.lua": `local M = {}
function M.first() return 1 end
function M.last() return 2 end
return M
`,
  // With so much to write, a program leaves its counters but now and then.
  "src/large.lua": `return {
${Array.from({ length: 4000 }, (_, i) => `f${i} = function() return ${i} end,`).join("\n")}
}
`,
  "spec/killed_spec.lua": `local steps, large = require "src.steps", require "src.large"
for i = 1, 30 do it("goes first, " .. i, function() steps.first() large.f1() end) end
it("goes last", function() assert.equal(2, steps.last()) end)
it("is killed", function() os.execute "kill -KILL $PPID" os.execute "sleep 5" end)
`,
};

const expectedLast = (lua: string) => `src/steps.lua:3: 1 of 32 tests

  1x  spec/killed_spec.lua:3  goes last (${lua})
  1x  outside of any test
`;

testWith("lua5.1", "lua5.4", "luajit").each(["lua5.1", "lua5.4", "luajit"])(
  "what tests have told of counts in %s though their program is killed",
  async (lua) => {
    const folder = makeFolder(killed);
    const { code, stdout } = await runCli(folder, ["--by-test", "--lua", lua, "--reporter", "text"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/steps\.lua +\| +100 \|/);
    const { stdout: who } = await runCli(folder, ["who", "src/steps.lua:3"]);
    expect(who).toBe(expectedLast(lua));
  },
);
