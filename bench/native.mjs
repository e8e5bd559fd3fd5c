// What measuring native Luas costs, as ratios within one run: CPU time of programs measured by luacov-ts, divided by that of
// the same ones as they are; the ways take turns.
//
//   node bench/native.mjs [--rounds 5] [--only workloads|agent|suites] [lua5.1 lua5.3 lua5.4 luajit]
//
// LUACOV_PATH     a checkout of LuaCov to compare with, and
// CLUACOV_PATH    a folder that has <lua>/cluacov/hook.so and <lua>/cluacov/version.lua
// LUA_BENCH_SUITES   a folder of projects with specs of busted
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureAgent } from "./native/agent.mjs";
import { measureSuites } from "./native/suites.mjs";
import { measureWorkloads } from "./native/workloads.mjs";

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, only: { type: "string" } },
  allowPositionals: true,
});
const luas = positionals.length > 0 ? positionals : ["lua5.1", "lua5.3", "lua5.4", "luajit"];
const rounds = Number(values.rounds);
const suites = process.env.LUA_BENCH_SUITES;
const isWanted = (part) => (values.only ?? part) === part;

const scratch = mkdtempSync(path.join(tmpdir(), "luacov-ts-bench-"));
try {
  if (isWanted("workloads")) await measureWorkloads(luas, rounds, scratch);
  if (isWanted("agent")) await measureAgent(luas, rounds, scratch);
  if (isWanted("suites") && suites) await measureSuites(path.resolve(suites), luas, rounds);
} finally {
  rmSync(scratch, { recursive: true });
}
