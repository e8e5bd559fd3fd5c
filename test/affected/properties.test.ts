import { chdir, cwd } from "node:process";
import fc from "fast-check";
import { makeProject } from "../support/project.js";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { projects } from "./generated.js";
import { checkLaw, knownProject } from "./law.js";
import { mutantOf } from "./mutants.js";
import { pickFrom } from "./pick.js";

const numRuns = runsOf(1);

/** Changes of each project. */
const changes = 3;

const home = cwd();

async function check(lua: string): Promise<void> {
  let [ran, all] = [0, 0];
  const property = fc.asyncProperty(projects, fc.nat(), async ({ files, modules }, seed) => {
    const folder = makeProject(files);
    const pick = pickFrom(seed);
    chdir(folder);
    try {
      const project = await knownProject(folder, { lua: [lua] }, ["spec"]);
      for (let change = 0; change < changes; change++) {
        const file = modules[pick(modules.length)] ?? "src/m0.lua";
        const mutant = mutantOf(files[file] ?? "", pick);
        if (mutant === null) continue;
        const share = await checkLaw(project, file, mutant);
        ran += share.ran;
        all += share.all;
      }
    } finally {
      chdir(home);
    }
  });
  await fc.assert(property, { numRuns, endOnFailure: true });
  console.log(`${lua}: ${ran} of ${all} test files ran`);
}

const timeout = 120_000 * numRuns;

testWith().each(["fengari", "5.4"])("nothing that would have failed is left out in %s", check, timeout);
testWith("lua5.4")("nothing that would have failed is left out in lua5.4", () => check("lua5.4"), timeout);
testWith("luajit")("nothing that would have failed is left out in LuaJIT", () => check("luajit"), timeout);
