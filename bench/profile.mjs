// What a profile costs, as ratios within one run: CPU time of a workload that is profiled, without start and end, divided by that
// of the same one as it is; the ways take turns. In native Luas an empty hook that counts as far is the least that samples cost,
// and one that hears of calls the least of a profile of each call.
//
//   node bench/profile.mjs [--rounds 5] [lua5.1 lua5.3 lua5.4 luajit 5.1 5.4]
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeAgentFolder } from "../build/engine/native/agent/agentFolder.js";
import { outputOf } from "./native/processes.mjs";
import { median, printBar, printLine, shown } from "./native/table.mjs";

const folder = fileURLToPath(new URL("workloads/", import.meta.url));
const command = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
const runner = fileURLToPath(new URL("native/run.lua", import.meta.url));
const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});

const luas = positionals.length > 0 ? positionals : ["lua5.1", "lua5.3", "lua5.4", "luajit", "5.1", "5.4"];
/** @type {import("../build/types.js").ProfileMode[]} */
const modes = ["sampling", "exact", "memory"];
const agents = modes.map((mode) => makeAgentFolder([], "probes", { mode, perTest: false }));
const scratch = mkdtempSync(path.join(tmpdir(), "luacov-ts-bench-"));
const ways = {
  plain: {},
  ...Object.fromEntries(modes.map((mode, index) => [mode, agents[index].environment])),
  "empty count": { LUA_INIT: 'debug.sethook(function() end, "", 100000)' },
  "empty calls": { LUA_INIT: 'debug.sethook(function() end, "cr")' },
};

try {
  const results = luas.flatMap(measure);
  console.log();
  for (const way of ["sampling", "exact"]) {
    const bar = way === "sampling" ? 1.15 : 6;
    printBar(`${way}, median`, median(results.map((ratios) => ratios[way])), bar);
    printBar(`${way}, worst`, Math.max(...results.map((ratios) => ratios[way])), bar);
  }
} finally {
  for (const agent of agents) agent.close();
  rmSync(scratch, { recursive: true });
}

function measure(lua) {
  console.log();
  const [, ...others] = Object.keys(ways);
  printLine([lua, "plain (ms)", ...others]);
  return readdirSync(folder).map((name) => {
    const { seconds, ratios } = compare(lua, path.join(folder, name));
    printLine([
      path.parse(name).name,
      (seconds * 1000).toFixed(0),
      ...others.map((way) => shown(ratios[way])),
    ]);
    return ratios;
  });
}

/** Each round gives its own ratios. */
function compare(lua, file) {
  const startersOf = lua.startsWith("5.") ? embeddedStarters : nativeStarters;
  const starters = Object.entries(startersOf(lua, file));
  const rounds = Array.from({ length: Number(values.rounds) }, () =>
    Object.fromEntries(starters.map(([way, start]) => [way, Number(start())])),
  );
  const ratioOf = (way) => median(rounds.map((times) => times[way] / times.plain));
  return {
    seconds: median(rounds.map(({ plain }) => plain)),
    ratios: Object.fromEntries(starters.map(([way]) => [way, ratioOf(way)])),
  };
}

function nativeStarters(lua, file) {
  return Object.fromEntries(
    Object.entries(ways).map(([way, environment]) => [
      way,
      () => outputOf([lua, runner, file], environment, scratch),
    ]),
  );
}

function embeddedStarters(lua, file) {
  const start = (...options) => {
    const own = ["--lua", lua, "--reporter", "none", "--no-coverage", ...options];
    return outputOf([process.execPath, command, ...own, "run", runner, "--", file], {}, scratch);
  };
  const profiled = (mode) => start("--profile-mode", mode, "--profile-reporter", "collapsed");
  return {
    plain: () => start(),
    ...Object.fromEntries(modes.map((mode) => [mode, () => profiled(mode)])),
  };
}
