import { expect, test } from "vitest";
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

const stuck = {
  "src/steps.lua": killed["src/steps.lua"],
  "spec/stuck_spec.lua": `local steps = require "src.steps"
it("goes last", function() assert.equal(2, steps.last()) end)
it("is stuck", function() steps.first() string.find(("a"):rep(40), ("a*"):rep(40) .. "b") end)
`,
};

test.each(["fengari", "5.4"])(
  "what tests have told of counts in %s though their thread is ended inside a function of a library",
  async (lua) => {
    const folder = makeFolder(stuck);
    const args = ["--by-test", "--lua", lua, "--timeout", "2", "--reporter", "none"];
    expect((await runCli(folder, args)).stdout).toContain("1 passed, 1 failed");
    const shown = lua === "fengari" ? "" : ` (${lua})`;
    const who = async (line: number) => (await runCli(folder, ["who", `src/steps.lua:${line}`])).stdout;
    expect([await who(3), await who(2)]).toEqual([
      `src/steps.lua:3: 1 of 2 tests\n\n  1x  spec/stuck_spec.lua:2  goes last${shown}\n  1x  outside of any test\n`,
      `src/steps.lua:2: 1 of 2 tests\n\n  1x  spec/stuck_spec.lua:3  is stuck${shown}\n  1x  outside of any test\n`,
    ]);
  },
  60_000,
);

/** More than a thread tells without sending it. */
const long = `local steps = require "src.steps"
for i = 1, 600 do
  it(("name "):rep(400) .. i, function() if i % 2 == 0 then steps.first() else steps.last() end end)
end
`;

test.each(["fengari", "5.4"])("what very many tests tell of in %s is theirs", async (lua) => {
  const folder = makeFolder({ "src/steps.lua": killed["src/steps.lua"], "spec/long_spec.lua": long });
  await runCli(folder, ["--by-test", "--lua", lua, "--reporter", "none", "--test-reporter", "dot"]);
  const { stdout } = await runCli(folder, ["who", "--json", "src/steps.lua:3"]);
  const [{ tests }] = JSON.parse(stdout);
  const numbers = tests.map(({ names }: { names: string[] }) => Number(names[0]?.split(" ").at(-1)));
  expect(numbers).toEqual(Array.from({ length: 300 }, (_, index) => 2 * index + 1));
});
