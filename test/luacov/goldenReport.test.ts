import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { collectCoverage, loadConfig, removeStats, report } from "../../src/index.js";
import { leftOutBy } from "../../src/luacov/chosen.js";
import { parseStats } from "../../src/luacov/stats.js";
import { runCli } from "../support/cli.js";
import { coverageIn } from "../support/cover.js";
import { testWith } from "../support/tools.js";
import {
  type GoldenConfig,
  goldenConfigs,
  goldenFile,
  goldenFiles,
  goldenLuas,
  goldenProject,
  goldenReports,
  nameOf,
} from "./golden.js";

/** A line of which LuaCov guesses otherwise whether it can run, and why it can, or cannot. */
interface Difference {
  readonly file: string;
  readonly line: number;
  readonly ours: "a hit" | "a miss" | "no code";
  readonly reason: string;
  /** In which Luas, by default in all. */
  readonly luas?: readonly string[];
}

const differences: readonly Difference[] = [
  {
    file: "src/shop/cart.lua",
    line: 22,
    ours: "a hit",
    reason: "the statement began: its first instruction is of a later one of its lines",
  },
  {
    file: "src/shop/cart.lua",
    line: 23,
    ours: "no code",
    reason: "no statement begins here, and what the line has is done on another one",
    luas: ["lua5.1", "luajit"],
  },
  {
    file: "src/shop/tax.lua",
    line: 14,
    ours: "a hit",
    reason: "a loop is a statement, which begins where it says repeat",
  },
  {
    file: "src/shop/tax.lua",
    line: 20,
    ours: "a hit",
    reason: "the statement begins where the long string does; its instructions are of the last line of that",
  },
  {
    file: "src/util/unused.lua",
    line: 1,
    ours: "a miss",
    reason: "that defines a function, which nobody did",
  },
];

for (const lua of goldenLuas) {
  testWith(goldenFiles)(
    `from the stats of ${lua} comes LuaCov's report, but for lines where it guesses wrongly`,
    async () => {
      const reports = goldenReports(lua);
      expect(reports.map(({ config }) => config)).toEqual(goldenConfigs.filter((each) => each !== "unknown"));
      for (const { config, file } of reports) {
        const folder = await reported(config, lua);
        const ours = readFileSync(path.join(folder, placeOf(config)), "latin1");
        expect(ours, config).toBe(asWeKnow(readFileSync(file, "latin1"), ours, lua));
      }
    },
  );
}

/** A project with a report that was made of LuaCov's stats; those that were deleted are as with another configuration. */
async function reported(config: GoldenConfig, lua: string): Promise<string> {
  const folder = goldenProject(config);
  const stats = path.join(folder, config === "tick" ? "out" : "", nameOf(config, "stats"));
  mkdirSync(path.dirname(stats), { recursive: true });
  cpSync(goldenFile(config === "runreport" ? "include" : config, lua, "stats"), stats);
  const loaded = await loadConfig({ cwd: folder, stats, reporter: "luacov" });
  const { coverage, lineCounts } = collectCoverage(loaded);
  report(loaded, coverage, null, lineCounts);
  removeStats(loaded);
  expect(existsSync(stats), "deletestats").toBe(config !== "runreport");
  return folder;
}

function placeOf(config: GoldenConfig): string {
  return config === "tick" ? "out/report.txt" : "coverage/luacov.report.out";
}

/** LuaCov's report with the lines that differ, and a summary that counts them. */
function asWeKnow(theirs: string, ours: string, lua: string): string {
  const own = ours.split("\n");
  const lines = theirs.split("\n");
  const changes = new Map<string, { hits: number; missed: number }>();
  const all = differences.filter(({ luas }) => luas?.includes(lua) ?? true);
  for (const { file, line, ours: kind } of all) {
    const heading = lines.indexOf(file);
    if (heading === -1) continue;
    const at = heading + 1 + line;
    const width = widthOf(lines);
    const before = kindOf(lines[at] ?? "", width);
    expect(before, `${file}:${line}`).not.toBe(kind);
    expect(kindOf(own[at] ?? "", width), `${file}:${line}`).toBe(kind);
    expect((own[at] ?? "").slice(width)).toBe((lines[at] ?? "").slice(width));
    lines[at] = own[at] ?? "";
    const change = changes.get(file) ?? { hits: 0, missed: 0 };
    const one = (wanted: string) => Number(kind === wanted) - Number(before === wanted);
    changes.set(file, { hits: change.hits + one("a hit"), missed: change.missed + one("a miss") });
  }
  return withSummary(lines, changes);
}

const widthOf = (lines: readonly string[]) => {
  const miss = lines.map((line) => /^\*+0 /.exec(line)?.[0].length ?? 0);
  const hit = lines.map((line) => /^ *\d+ (?=local M = )/.exec(line)?.[0].length ?? 0);
  return Math.max(...miss, ...hit);
};

function kindOf(line: string, width: number): Difference["ours"] {
  const margin = line.slice(0, width);
  if (margin.trim() === "") return "no code";
  return margin.includes("*") ? "a miss" : "a hit";
}

/** Rows of the summary, counted anew. */
function withSummary(
  lines: readonly string[],
  changes: ReadonlyMap<string, { readonly hits: number; readonly missed: number }>,
): string {
  const start = lines.findIndex((line) => line.startsWith("File "));
  const rows = lines.slice(start).filter((line) => /%$/.test(line));
  const counts = rows.slice(0, -1).map((row) => {
    const [name = "", hits, missed] = row.split(/ +/);
    const change = changes.get(name) ?? { hits: 0, missed: 0 };
    return { name, hits: Number(hits) + change.hits, missed: Number(missed) + change.missed };
  });
  const sum = (key: "hits" | "missed") => counts.reduce((total, each) => total + each[key], 0);
  const total = { name: "Total", hits: sum("hits"), missed: sum("missed") };
  const width = Math.max(...counts.map(({ name }) => name.length), 5);
  const shown = [...counts, total].map(({ name, hits, missed }) => {
    const percentage = ((hits / (hits + missed)) * 100).toFixed(2);
    return `${name.padEnd(width)} ${String(hits).padEnd(4)} ${String(missed).padEnd(6)} ${percentage}%`;
  });
  const rule = lines[start + 1] ?? "";
  const table = [lines[start] ?? "", rule, ...shown.slice(0, -1), rule, shown.at(-1) ?? "", ""];
  return [...lines.slice(0, start), ...table].join("\n");
}

for (const lua of goldenLuas) {
  testWith(goldenFiles)(
    `LuaCov's configurations choose of what ${lua} loads what LuaCov has chosen`,
    async () => {
      const namesIn = (config: GoldenConfig) => [
        ...parseStats(readFileSync(goldenFile(config, lua, "stats"))).stats.keys(),
      ];
      for (const config of [
        "default",
        "exclude",
        "include",
        "unknown",
        "untested",
        "untested-list",
      ] as const) {
        const { luacov } = await loadConfig({ cwd: goldenProject(config) });
        const chosen = namesIn("default").filter(
          (name) => luacov !== null && leftOutBy(luacov.scope, name) === null,
        );
        expect(chosen, config).toEqual(namesIn(config));
      }
    },
  );
}

for (const lua of goldenLuas) {
  testWith(goldenFiles, lua)(
    `with LuaCov's configurations, ${lua} is measured in the same files`,
    async () => {
      for (const config of [
        "default",
        "exclude",
        "include",
        "modules",
        "untested",
        "untested-list",
      ] as const) {
        const folder = goldenProject(config);
        const templates = ["./src/?.lua", "./src/?/init.lua"];
        const LUA_PATH = [...(config === "modules" ? ["./installed/?.lua"] : []), ...templates, ";"].join(
          ";",
        );
        const args = ["--reporter", "none", "cover", "--", lua, "test/run.lua"];
        const { code } = await runCli(folder, args, { LUA_PATH });
        expect(code, config).toBe(0);
        const measured = Object.entries(coverageIn(folder)).filter(([, { all }]) => all !== true);
        expect(measured.map(([name]) => name).sort(), config).toEqual(expectedOf(config, lua));
        const unused = coverageIn(folder)["src/util/unused.lua"];
        expect(unused !== undefined, config).toBe(config.startsWith("untested"));
      }
    },
  );
}

/** As LuaCov reports them. What runs by itself is a test, which has no coverage here. */
function expectedOf(config: GoldenConfig, lua: string): string[] {
  const names = readFileSync(goldenFile(config, lua, "report"), "utf8").split("\n");
  const files = names.filter(
    (name, index) => /^={78}$/.test(names[index - 1] ?? "") && name.endsWith(".lua"),
  );
  return files.filter((name) => name !== "test/run.lua" && !name.endsWith("unused.lua"));
}
