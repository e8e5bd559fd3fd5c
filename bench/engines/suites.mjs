// What whole commands take that run suites of specs, each a folder of its own with `spec`: CPU time with start and end, as ratios
// to the embedded Lua without measuring.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isOnPath } from "../../build/files/searchPath.js";
import { costOf } from "../native/processes.mjs";
import { median, printLine, shown } from "../native/table.mjs";
import { luacovOf } from "../native/ways.mjs";

const command = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));
const modules = "./src/?.lua;./src/?/init.lua;./lua/?.lua;./lua/?/init.lua;./?.lua;./?/init.lua";
const columns = ["measured", "native", "n. measured", "fengari", "f. measured", "LuaCov"];

/** Prints the ratios of each suite in `folder` for each version. LuaCov runs once. */
export function compareSuites(folder, versions, rounds) {
  const suites = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "spec")));
  for (const name of suites) {
    console.log();
    printLine([name, "tests", "plain (ms)", ...columns]);
    for (const version of versions) printSuite(version, compare(version, path.join(folder, name), rounds));
  }
}

function compare(version, cwd, rounds) {
  const ways = waysOf(version);
  const costs = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  const tests = {};
  for (let round = 0; round < rounds; round++) {
    for (const [way, { command: started, environment = {} }] of Object.entries(ways)) {
      if (round > 0 && way === "LuaCov") continue;
      const { LUA_PATH: own } = environment;
      const LUA_PATH = `${own === undefined ? "" : `${own};`}${modules};;`;
      const { seconds, stdout } = costOf(started, { ...environment, LUA_PATH }, cwd);
      costs[way].push(seconds);
      tests[way] = stdout.split("\n").filter((line) => /^(not )?ok /.test(line)).length;
    }
  }
  return { costs, tests };
}

function waysOf(version) {
  const lua = `lua${version}`;
  const ours = (engine, isMeasured) => ({
    command: [
      ...[process.execPath, command, "--lua", engine, "--reporter", "none", "--test-reporter", "tap"],
      ...(isMeasured ? [] : ["--exclude", "**"]),
      "spec",
    ],
  });
  const luacov = luacovOf();
  const busted = (process.env.PATH ?? "").split(path.delimiter).map((each) => path.join(each, "busted"));
  const file = busted.find((each) => existsSync(each));
  return {
    plain: ours(version, false),
    measured: ours(version, true),
    ...(isOnPath(lua, process.env.PATH ?? "")
      ? { native: ours(lua, false), "n. measured": ours(lua, true) }
      : {}),
    fengari: ours("fengari", false),
    "f. measured": ours("fengari", true),
    ...(luacov !== null && file !== undefined
      ? { LuaCov: { command: [lua, file, "-o", "TAP", "--coverage"], environment: luacov } }
      : {}),
  };
}

function printSuite(version, { costs, tests }) {
  const plain = median(costs.plain);
  const cells = columns.map((way) => {
    if (!(way in costs)) return shown(undefined);
    return `${shown(median(costs[way]) / plain)}${tests[way] === tests.plain ? "" : ` (${tests[way]} tests)`}`;
  });
  printLine([version, tests.plain, (plain * 1000).toFixed(0), ...cells]);
}
