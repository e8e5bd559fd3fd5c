// What measuring costs in programs that do nothing but compute: CPU time without start and end.
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { makeAgentFolder } from "../../build/engine/native/agent/agentFolder.js";
import { probed } from "./probed.mjs";
import { outputOf } from "./processes.mjs";
import { median, printBar, printLine, shown } from "./table.mjs";
import { cluacovOf, emptyHook, fromStart, luacovOf, plain } from "./ways.mjs";

const folder = fileURLToPath(new URL("../workloads/", import.meta.url));
const runner = fileURLToPath(new URL("run.lua", import.meta.url));

/** Prints the ratios of all workloads on each Lua. LuaCov runs once, as it takes minutes. */
export async function measureWorkloads(luas, rounds, scratch) {
  const files = readdirSync(folder).filter((name) => name.endsWith(".lua"));
  const paths = files.map((name) => path.join(folder, name));
  const sources = await probed(paths, folder);
  const agents = { probes: makeAgentFolder(sources), hook: makeAgentFolder(sources, "hook") };
  try {
    const results = luas.flatMap((lua) => {
      const ways = waysOf(lua, agents);
      printHead(lua, ways);
      return files.map((name) => {
        const result = {
          lua,
          name: path.parse(name).name,
          ...compare(lua, path.join(folder, name), ways, rounds, scratch),
        };
        printResult(result, ways);
        return result;
      });
    });
    printBars(results);
  } finally {
    for (const agent of Object.values(agents)) agent.close();
  }
}

/** Those that are not there are left out. */
function waysOf(lua, { probes, hook }) {
  const ways = {
    plain: plain(),
    probes: probes.environment,
    hook: hook.environment,
    "empty hook": emptyHook(),
    LuaCov: fromStart(luacovOf()),
    cluacov: fromStart(cluacovOf(lua)),
  };
  return Object.fromEntries(Object.entries(ways).filter(([, environment]) => environment !== null));
}

/** Ways take turns, and each round gives its own ratios. */
function compare(lua, file, ways, rounds, scratch) {
  const all = Array.from({ length: rounds }, (_, round) => {
    const names = Object.keys(ways).filter((way) => round === 0 || !way.endsWith("ov"));
    return Object.fromEntries(
      names.map((way) => [way, Number(outputOf([lua, runner, file], ways[way], scratch))]),
    );
  });
  const ratioOf = (way) =>
    median(all.filter((times) => way in times).map((times) => times[way] / times.plain));
  const ratios = Object.fromEntries(Object.keys(ways).map((way) => [way, ratioOf(way)]));
  return { seconds: median(all.map((times) => times.plain)), ratios };
}

function printHead(lua, ways) {
  const [, ...others] = Object.keys(ways);
  console.log();
  printLine([lua, "plain (ms)", ...others]);
}

function printResult({ name, seconds, ratios }, ways) {
  const [, ...others] = Object.keys(ways);
  printLine([name, (seconds * 1000).toFixed(0), ...others.map((way) => shown(ratios[way]))]);
}

function printBars(results) {
  console.log();
  const isJit = ({ lua }) => lua.includes("jit");
  const probes = (some) => some.map(({ ratios }) => ratios.probes);
  const ofPuc = results.filter((each) => !isJit(each));
  printBar("workloads, PUC, median", median(probes(ofPuc)), 2.2);
  printBar("workloads, PUC, worst", Math.max(...probes(ofPuc)), 3.5);
  printBar("workloads, LuaJIT, worst", Math.max(...probes(results.filter(isJit))), 1.5);
  for (const lua of new Set(results.map((each) => each.lua))) {
    const own = results.filter((each) => each.lua === lua);
    console.log(`${lua}, median: ${shown(median(probes(own)))}`);
    printHook(lua, own);
  }
  const busy = results.filter(({ name }) => name === "calls" || name === "loop");
  const fewest = (way) => Math.min(...busy.map(({ ratios }) => (ratios[way] ?? Number.NaN) / ratios.probes));
  printBar("LuaCov by probes, calls and loop, least", fewest("LuaCov"), 20, true);
  printBar("cluacov by probes, calls and loop, least", fewest("cluacov"), 5, true);
}

function printHook(lua, results) {
  const over = (way) => median(results.map(({ ratios }) => ratios.hook / ratios[way]));
  const words = [`${lua}, --collector hook: ${shown(over("empty hook"))} an empty hook at the median`];
  if (results.some(({ ratios }) => ratios.LuaCov)) words.push(`LuaCov ${shown(1 / over("LuaCov"))} it`);
  console.log(words.join(", "));
}
