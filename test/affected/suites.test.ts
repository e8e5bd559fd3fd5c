import { cpSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { chdir, cwd } from "node:process";
import type { Options } from "luacov-ts";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { runsOf } from "../support/runs.js";
import { type ToolName, testWith, toolPath } from "../support/tools.js";
import { checkLaw, knownProject } from "./law.js";
import { mutantOf } from "./mutants.js";
import { pickFrom } from "./pick.js";

/** Changes of each suite in each Lua. All suites are for who asks for many: each change is a run of all of one's tests, and more. */
const changes = runsOf(1);
const isLong = process.env.RUNS !== undefined;

const several = "suites of specs, in LUA_SUITES";
const penlight = "Penlight's sources, in PENLIGHT_SUITE";

interface Public {
  readonly tool: ToolName;
  readonly folder: () => string;
  /** The folder of its tests, and that of its sources; "" where they are beside it. */
  readonly tests: string;
  readonly sources: string;
  readonly options: Options;
}

const suite = (name: string, sources: string, options: Options = {}): Public => ({
  tool: several,
  folder: () => path.join(toolPath(several), name),
  tests: "spec",
  sources,
  options: { luaPath: ["src/?.lua", "src/?/init.lua", "?.lua"], ...options },
});

/** Public suites, by their names. */
const suites: Readonly<Record<string, Public>> = {
  "lua-inspect": suite("lua-inspect", ""),
  "lua-mediator": suite("lua-mediator", "src"),
  "lua-say": suite("lua-say", "src"),
  Penlight: {
    tool: penlight,
    folder: () => toolPath(penlight),
    tests: "spec",
    sources: "lua",
    options: { luaPath: ["lua/?.lua", "lua/?/init.lua"] },
  },
};

const home = cwd();

async function check(name: string, lua: string): Promise<void> {
  const { folder: find, tests, sources, options } = suites[name] ?? suite(name, "src");
  const folder = makeFolder({});
  cpSync(find(), folder, { recursive: true });
  const files = sourcesIn(folder, sources);
  const pick = pickFrom(Number(process.env.SEED ?? 1));
  let [ran, all, failed] = [0, 0, 0];
  chdir(folder);
  try {
    const project = await knownProject(folder, { lua: [lua], timeout: 20, ...options }, [tests]);
    for (let change = 0; change < changes; change++) {
      const file = files[pick(files.length)] ?? "";
      const mutant = mutantOf(readFileSync(path.join(folder, file), "latin1"), pick);
      if (mutant === null) continue;
      const share = await checkLaw(project, file, mutant, false);
      ran += share.ran;
      all += share.all;
      if (share.failed > 0) failed++;
    }
  } finally {
    chdir(home);
  }
  console.log(
    `${name} in ${lua}: ${changes} changes, ${failed} make tests fail; ${ran} of ${all} test files ran`,
  );
  expect(all).toBeGreaterThan(0);
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: folder !== "", encoding: "utf8" })
    .filter((name) => name.endsWith(".lua"))
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(path.join(root, name)).isFile())
    .sort();
}

const luas = isLong ? ["fengari", "5.4", "lua5.4", "luajit"] : ["lua5.4"];
const cases = Object.entries(suites).flatMap(([name, { tool }]) =>
  luas.map((lua) => [name, lua, tool] as const),
);

for (const [name, lua, tool] of cases) {
  const native: readonly ToolName[] = lua === "lua5.4" || lua === "luajit" ? [lua] : [];
  testWith(tool, ...native)(
    `nothing of ${name} that would have failed is left out in ${lua}`,
    () => check(name, lua),
    60_000 + 60_000 * changes,
  );
}
