import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** Goes through the whole stack, as functions do that look for variables of their callers. */
const walk = `local level, without = 1, 0
local info = debug.getinfo(level, "f")
while info do
  if not info.func then without = without + 1 end
  level = level + 1
  info = debug.getinfo(level, "f")
end
assert(level > 2 and without == 0, without)
`;

const files = {
  "test/script.lua": walk,
  "test/a_spec.lua": `describe("a block", function() it("walks", function()\n${walk}end) end)\n`,
};

for (const lua of ["lua5.1", "luajit", "lua5.4"] as const) {
  const embedded = lua === "luajit" ? [] : [lua.replace("lua", "")];
  testWith(lua)(`in ${lua} each level of the stack beneath a test has a function`, async () => {
    const luas = [lua, ...embedded].flatMap((each) => ["--lua", each]);
    const names = Object.keys(files);
    const { code, stdout } = await runCli(makeFolder(files), [...luas, "--no-coverage", ...names]);
    expect({ code, stdout }).toMatchObject({ code: 0 });
  });
}
