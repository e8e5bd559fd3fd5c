// What measuring costs in suites of specs under busted, each a folder of its own with `spec`: CPU time of whole processes.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfig } from "../../build/config/load.js";
import { findSources } from "../../build/discover/sources.js";
import { makeAgentFolder } from "../../build/engine/native/agent/agentFolder.js";
import { planFor } from "../../build/harness/plan/plan.js";
import { probed } from "./probed.mjs";
import { costOf } from "./processes.mjs";
import { median, printBar, printLine, shown } from "./table.mjs";
import { cluacovOf, luacovOf, plain } from "./ways.mjs";

const command = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));
const modules = "./src/?.lua;./src/?/init.lua;./lua/?.lua;./lua/?/init.lua;./?.lua;./?/init.lua";
const LUA_PATH = `${modules};${process.env.LUA_PATH ?? ";"}`;

/** Prints the ratios of each suite on each Lua. LuaCov runs once. */
export async function measureSuites(folder, luas, rounds) {
  const suites = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "spec")));
  const results = [];
  for (const name of suites) {
    const cwd = path.join(folder, name);
    const agent = await agentOf(cwd);
    try {
      printHead(name);
      for (const lua of luas) {
        const result = compare(waysOf(lua, agent), cwd, rounds);
        printResult(lua, result);
        results.push({ lua, ...result });
      }
    } finally {
      agent.close();
    }
  }
  printBars(results);
}

/** What `cover` makes before it starts a command. */
async function agentOf(cwd) {
  const config = await loadConfig({ cwd });
  const scope = { ...planFor({ ...config, all: false }, []).scope, hasOtherTests: true };
  return makeAgentFolder(await probed(findSources(scope), cwd));
}

function waysOf(lua, agent) {
  const busted = [lua, bustedFile(), "-o", "TAP"];
  const cover = [process.execPath, command, "cover", "--reporter", "json", "--", ...busted];
  const ways = {
    plain: { command: busted, environment: plain() },
    "in Lua": { command: busted, environment: agent.environment },
    whole: { command: cover, environment: plain() },
    LuaCov: { command: [...busted, "--coverage"], environment: luacovOf() },
    cluacov: { command: [...busted, "--coverage"], environment: cluacovOf(lua) },
  };
  return Object.entries(ways).filter(([, { environment }]) => environment !== null);
}

/** busted as a script, so that each Lua can run it. */
function bustedFile() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const file = folders.map((each) => path.join(each, "busted")).find((each) => existsSync(each));
  if (file === undefined) throw new Error("busted is not installed");
  return file;
}

function compare(ways, cwd, rounds) {
  const ratios = Object.fromEntries(ways.map(([way]) => [way, []]));
  const seconds = [];
  const outputs = {};
  for (let round = 0; round < rounds; round++) {
    let base = Number.NaN;
    for (const [way, { command: started, environment }] of ways) {
      if (round > 0 && way.endsWith("ov")) continue;
      const cost = costOf(started, { ...environment, LUA_PATH: pathOf(environment) }, cwd);
      outputs[way] = testsOf(cost.stdout);
      if (way === "plain") base = cost.seconds;
      ratios[way].push(cost.seconds / base);
    }
    seconds.push(base);
  }
  const differs = Object.keys(outputs).filter((way) => outputs[way] !== outputs.plain);
  return {
    tests: outputs.plain.split("\n").length,
    seconds: median(seconds),
    differs,
    ratios: Object.fromEntries(Object.entries(ratios).map(([way, each]) => [way, median(each)])),
  };
}

/** Modules of the suite, and what comes before those. */
function pathOf({ LUA_PATH: own }) {
  return own === undefined ? LUA_PATH : `${own};${LUA_PATH}`;
}

/** How each test ended. Addresses differ from run to run. */
function testsOf(output) {
  const lines = output.split("\n").filter((line) => /^(not )?ok /.test(line));
  return lines.map((line) => line.replaceAll(/0x[\da-f]+/g, "0x")).join("\n");
}

const columns = ["in Lua", "whole", "LuaCov", "cluacov"];

function printHead(name) {
  console.log();
  printLine([name, "tests", "plain (ms)", ...columns]);
}

function printResult(lua, { tests, seconds, ratios, differs }) {
  const cells = columns.map((way) => `${shown(ratios[way])}${differs.includes(way) ? " !" : ""}`);
  printLine([lua, tests, (seconds * 1000).toFixed(0), ...cells]);
}

function printBars(results) {
  console.log();
  if (results.some(({ differs }) => differs.length > 0))
    console.log("!: some tests end otherwise than without measuring");
  const all = (way) => results.map(({ ratios }) => ratios[way]);
  printBar("suites, in Lua, median", median(all("in Lua")), 1.3);
  console.log(`suites, in Lua, worst: ${shown(Math.max(...all("in Lua")))}`);
  console.log(`suites, whole command, median: ${shown(median(all("whole")))}`);
}
