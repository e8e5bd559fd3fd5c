// What each engine takes, plain and with everything measured, as ratios within one run: CPU time of a workload without start and
// end, by os.clock. Each run is a process of its own, and the ways take turns.
//
//   node bench/engines.mjs [--rounds 3] [5.1 5.3 5.4]
//
// Beside each version that is embedded stands the machine's own of that version, where it is there. LUACOV_PATH is a checkout
// of LuaCov to compare with; it runs once, as it takes minutes. LUA_BENCH_SUITES is a folder of projects with specs of busted.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createOrders } from "../build/engine/fengari/collect/orders.js";
import { makeAgentFolder } from "../build/engine/native/agent/agentFolder.js";
import { createCompilingTurn } from "../build/engine/wasm/machine/wellCompiled.js";
import { isOnPath } from "../build/files/searchPath.js";
import { executeJob } from "../build/harness/run/embedded/job.js";
import { executeWasmJob } from "../build/harness/run/embedded/wasm/job.js";
import { compareSuites } from "./engines/suites.mjs";
import { probed } from "./native/probed.mjs";
import { outputOf } from "./native/processes.mjs";
import { median, printBar, printLine, shown } from "./native/table.mjs";
import { fromStart, luacovOf } from "./native/ways.mjs";

const workloads = fileURLToPath(new URL("workloads/", import.meta.url));
const runner = fileURLToPath(new URL("native/run.lua", import.meta.url));
const { values, positionals } = parseArgs({
  options: { child: { type: "boolean" }, rounds: { type: "string", default: "3" } },
  allowPositionals: true,
});

if (values.child) await runOnce(...positionals);
else {
  const versions = positionals.length > 0 ? positionals : ["5.1", "5.3", "5.4"];
  compareAll(versions, Number(values.rounds));
  const suites = process.env.LUA_BENCH_SUITES;
  if (suites) compareSuites(path.resolve(suites), versions, Number(values.rounds));
}

/** In a child: runs a workload in one way and prints its CPU seconds. */
async function runOnce(way, file) {
  const [engine, measured] = way.split(" ");
  const job = jobOf(file, measured === "measured");
  const sources = measured === "measured" && engine !== "fengari" ? await probed([file], workloads) : [];
  const agent = makeAgentFolder(sources);
  const output = [];
  const tell = (news) => {
    if (news.kind === "output")
      output.push(...news.outputs.map(({ bytes }) => Buffer.from(bytes).toString()));
  };
  try {
    const { exit } =
      engine === "fengari"
        ? executeJob(job, createOrders(), tell, {
            chunks: null,
            commands: null,
            debugging: null,
            hasInput: true,
          })
        : runInWasm(engine, job, agent, tell);
    if (exit.kind !== "returned") throw new Error(`${way} ${file}: ${JSON.stringify(exit)}`);
    console.log(output.join(""));
  } finally {
    agent.close();
  }
}

function runInWasm(version, job, agent, tell) {
  const folder = agent.makeJobFolder();
  const all = Object.entries({ ...agent.environment, ...folder.environment });
  const environment = Object.fromEntries(all.filter(([, value]) => value !== undefined));
  const lua = { version, agent: agent.agent, environment };
  return executeWasmJob(job, lua, createOrders(), tell, {
    commands: null,
    debugging: null,
    hasInput: true,
    turn: createCompilingTurn(),
    memory: 1024,
  });
}

/** @returns {import("../build/types.js").Job} */
function jobOf(file, isMeasured) {
  const include = isMeasured ? [] : ["nothing/**"];
  const scope = { root: workloads, tests: [], helper: null, include, exclude: [], extension: [".lua"] };
  const program = { file: runner, args: [file], packagePath: "" };
  return { program, scope, test: { style: "script", round: 1, lua: null } };
}

function compareAll(versions, rounds) {
  const scratch = mkdtempSync(path.join(tmpdir(), "luacov-ts-bench-"));
  const files = readdirSync(workloads).filter((name) => name.endsWith(".lua"));
  try {
    const rows = versions.flatMap((version) => {
      printLine([version, "plain (ms)", "measured", "native plain", "fengari", "f. measured", "LuaCov"]);
      return files.map((name) => {
        const row = {
          name: path.parse(name).name,
          ...compare(version, path.join(workloads, name), rounds, scratch),
        };
        printRow(row);
        return row;
      });
    });
    printBars(rows);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Seconds of each way, of the round in which they took the time at the median of their ratio to the plain one. */
function compare(version, file, rounds, scratch) {
  const all = Array.from({ length: rounds }, (_, round) => timesOf(version, file, scratch, round === 0));
  const ratio = (over, under) => {
    const found = all.filter((times) => over in times).map((times) => times[over] / times[under]);
    return found.length === 0 ? undefined : median(found);
  };
  return {
    seconds: median(all.map(({ plain }) => plain)),
    measured: ratio("measured", "plain"),
    native: ratio("native", "plain"),
    fengari: ratio("fengari", "plain"),
    fengariMeasured: ratio("fengari measured", "plain"),
    fengariByOurs: ratio("fengari measured", "measured"),
    luacov: ratio("LuaCov", "plain"),
    luacovByOurs: ratio("LuaCov", "measured"),
  };
}

function timesOf(version, file, scratch, isFirst) {
  const child = (way) =>
    Number(
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), "--child", way, file], {
        encoding: "utf8",
      }),
    );
  const lua = `lua${version}`;
  const native = (environment) => Number(outputOf([lua, runner, file], environment, scratch));
  const luacov = fromStart(luacovOf());
  const hasNative = isOnPath(lua, process.env.PATH ?? "");
  return {
    plain: child(`${version} plain`),
    measured: child(`${version} measured`),
    fengari: child("fengari plain"),
    "fengari measured": child("fengari measured"),
    ...(hasNative ? { native: native({}) } : {}),
    ...(hasNative && luacov && isFirst ? { LuaCov: native(luacov) } : {}),
  };
}

function printRow({ name, seconds, measured, native, fengari, fengariMeasured, luacov }) {
  const ratios = [measured, native, fengari, fengariMeasured, luacov].map(shown);
  printLine([name, (seconds * 1000).toFixed(0), ...ratios]);
}

function printBars(rows) {
  console.log();
  printBar("measured by plain, worst", Math.max(...rows.map(({ measured }) => measured)), 2.2);
  printBar(
    "fengari measured by ours, least",
    Math.min(...rows.map(({ fengariByOurs }) => fengariByOurs)),
    4,
    true,
  );
  const busy = rows.filter(({ name }) => name === "calls" || name === "loop");
  const least = Math.min(...busy.map(({ luacovByOurs }) => luacovByOurs ?? Number.NaN));
  printBar("native LuaCov by ours, calls and loop, least", least, 10, true);
}
