import { expect } from "vitest";
import { endings, toldOfAll, two, waysToRun } from "../luaunit/told.js";
import { debianPaths, luas } from "../support/debianLua.js";
import { testWith } from "../support/tools.js";

for (const lua of luas) {
  testWith(lua, "luaunit")(
    `suites of LuaUnit are results of ours in ${lua} as in the embedded one`,
    async () => {
      const ways = Object.entries(waysToRun).map(([run, lines]) => [two + run, lines] as const);
      const cases: Readonly<Record<string, readonly string[]>> = { ...Object.fromEntries(ways), ...endings };
      const { lines, stdout } = await toldOfAll(Object.keys(cases), ["--lua", lua], debianPaths(lua));
      expect(lines).toEqual(cases);
      expect(stdout).toBe("");
    },
  );
}
