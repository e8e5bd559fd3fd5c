import { expect } from "vitest";
import { runCli } from "../support/cli.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** Calls of functions that measuring replaces, with arguments that C refuses. */
const spec = `it("loads", function()
  load({})
end)
it("dumps", function()
  string.dump(print)
end)
it("looks", function()
  debug.getupvalue(nil, 1)
end)
it("runs", function()
  dofile({})
end)
`;

for (const lua of luas) {
  testWith(lua)(`in ${lua} a refused argument is shown where the program has given it`, async () => {
    const folder = makeFolder({ "spec/a_spec.lua": spec });
    const { stdout } = await runCli(folder, ["--lua", lua, "--no-coverage"]);
    expect(stdout).toContain("0 passed, 4 failed");
    for (const line of [2, 5, 8, 11])
      expect(stdout).toMatch(new RegExp(`a_spec.lua:${line}: [^>]*> +${line} \\|`));
    expect(stdout).not.toContain("agent");
  });
}
