import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** What is there under busted, in any Lua, before a spec is loaded. */
const spec = `local packed = table.pack(1, nil, 3, nil)
describe("later functions", function()
  it("are there", function()
    assert.equal(4, packed.n)
    assert.equal(3, (select(3, table.unpack(packed, 1, 4))))
    assert.equal("src/a/b.lua", package.searchpath("a.b", "src/?.lua;?.lua"))
    assert.equal("src/a/b.lua", package.searchpath("a-b", "src/?.lua", "-"))
    local found, message = package.searchpath("a.c", "src/?.lua;?.lua")
    assert.is_nil(found)
    assert.matches("no file 'src/a/c.lua'\\n\\tno file 'a/c.lua'", message, 1, true)
    assert.has_error(function() package.searchpath("a") end)
    warn "@on"
    warn("seen", " at", " once")
    warn "@off"
    warn "not seen"
    warn "not seen"
  end)
end)
`;

async function expectThere(lua: string) {
  const folder = makeFolder({ "spec/a_spec.lua": spec, "src/a/b.lua": "" });
  const { code, stdout, stderr } = await runCli(folder, ["--lua", lua, "--no-coverage"]);
  expect(code, stdout + stderr).toBe(0);
  expect((stdout + stderr).match(/Lua warning: .*/g)).toEqual(["Lua warning: seen at once"]);
}

for (const lua of ["5.1", "5.2", "5.3", "5.4", "5.5"]) {
  test(`specs in ${lua} have the functions of later Luas that they have under busted`, () =>
    expectThere(lua));
}

for (const lua of luas) {
  testWith(lua)(`specs in ${lua} have the functions of later Luas that they have under busted`, () =>
    expectThere(lua),
  );
}

test("scripts have what their Lua has", async () => {
  const folder = makeFolder({ "test/a.lua": "assert(not table.pack and not table.unpack and not warn)" });
  expect(await runCli(folder, ["--lua", "5.1", "--no-coverage"])).toMatchObject({ code: 0 });
});
