import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { debianPaths, luas } from "../support/debianLua.js";
import { resultsOfBusted, resultsOfOurs } from "../support/suites.js";
import { embeddedLuas } from "../support/testLua.js";
import { hasTool, type ToolName, testWith, toolPath } from "../support/tools.js";

const several = "suites of specs, in LUA_SUITES";
const penlight = "Penlight's sources, in PENLIGHT_SUITE";

/** Public suites by the names of their folders, with the tool that says where they are. */
const suites: readonly (readonly [name: string, tool: ToolName, folder: () => string])[] = [
  ...(hasTool(several) ? suitesIn(toolPath(several)) : ["each suite"]).map(
    (name) => [name, several, () => path.join(toolPath(several), name)] as const,
  ),
  ["Penlight", penlight, () => toolPath(penlight)],
];

for (const lua of luas) {
  for (const [name, tool, folder] of suites) {
    testWith(
      lua,
      "busted",
      tool,
    )(`our spec runner gives for ${name} what busted gives on ${lua}, test by test`, async () => {
      const environment = environmentOf(lua);
      const theirs = resultsOfBusted(lua, folder(), environment);
      const ours = await resultsOfOurs(["--lua", lua], folder(), environment);
      expect(theirs.results.length).toBeGreaterThan(0);
      expect(ours).toEqual(theirs);
      const embedded = embeddedLuas.find((version) => lua === `lua${version}`);
      if (embedded === undefined) return;
      expect(await resultsOfOurs(["--lua", embedded], folder(), environment), embedded).toEqual(theirs);
    });
  }
}

function suitesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "spec")));
}

/** Their modules are in the folders that projects have for them. */
function environmentOf(lua: (typeof luas)[number]): Readonly<Record<string, string>> {
  const paths = debianPaths(lua);
  return {
    ...paths,
    LUA_PATH: `./src/?.lua;./src/?/init.lua;./lua/?.lua;./lua/?/init.lua;${paths.LUA_PATH}`,
  };
}
