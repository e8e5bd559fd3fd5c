import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { analyseAll } from "../../src/analysis/analyseAll.js";
import { openAnalysisCache } from "../../src/analysis/cache.js";
import type { AnalysisRequest } from "../../src/analysis/request.js";
import type { CoverageMapData } from "../../src/types.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { runProgramIn } from "../support/measure.js";

const text = 'local x = ...\nif x or y then x = 1 end\nreturn x, "it\'s"\n';

function requestOf(source: string, others: Partial<AnalysisRequest> = {}): AnalysisRequest {
  const counted = { by: "nothing" } as const;
  return { path: "/m.lua", name: "m.lua", source: Buffer.from(source), counted, linesOnly: false, ...others };
}

/** A project whose cache is its own, with the files of that. */
function projectWithCache() {
  const folder = makeFolder({ "node_modules/.keep": "" });
  const cache = path.join(folder, "node_modules/.cache/luacov-ts/analyses");
  const entries = () =>
    readdirSync(cache, { recursive: true, encoding: "utf8" })
      .filter((name) => /[\da-f]{32}$/.test(name))
      .map((name) => path.join(cache, name));
  return { folder, entries };
}

test("what comes from the cache is what the analysis said", async () => {
  const { folder, entries } = projectWithCache();
  const { hits } = runProgramIn(folder, `${text}-- luacov: ignore nothing`);
  const [[file = "", shapes = {}] = []] = Object.entries(hits.bytecode);
  const requests = [
    requestOf(readFileSync(file, "utf8"), { path: file, counted: { by: "instructions", shapes } }),
    requestOf("goto = 1", { path: "/other.lua", name: "other.lua" }),
    requestOf("local =", { path: "/broken.lua", name: "broken.lua" }),
    requestOf(text, {
      path: "/probed.lua",
      counted: { by: "probes", counters: [1, 2, 3], lines: undefined },
    }),
  ];
  const fresh = await analyseAll(requests, {});
  expect(fresh.notices.map(({ level, message }) => [level, message])).toEqual([
    ["warning", 'm.lua:4: "luacov: ignore nothing" is not known'],
    [
      "information",
      "other.lua:1: <name> expected near '='; as LuaJIT reads the file, it counts as not covered",
    ],
    ["problem", "broken.lua:1: <name> expected near '=': the file cannot be analysed"],
  ]);
  for (const _ of ["kept", "found"]) {
    expect(await analyseAll(requests, { cache: openAnalysisCache(folder) })).toStrictEqual(fresh);
  }
  expect(entries()).toHaveLength(4);
});

/** How often the first statement of a text ran by the only entry of a cache. */
async function firstCount(folder: string, request: AnalysisRequest) {
  const { coverage } = await analyseAll([request], { cache: openAnalysisCache(folder) });
  return coverage["/m.lua"]?.s[0];
}

test("another text, other counts and other options are not taken for those of the entry", async () => {
  const { folder, entries } = projectWithCache();
  const probed = (count: number) =>
    requestOf(text, { counted: { by: "probes", counters: [count], lines: undefined } });
  expect(await firstCount(folder, probed(3))).toBe(3);
  expect(await firstCount(folder, probed(4))).toBe(4);
  expect(await firstCount(folder, requestOf(text))).toBe(0);
  const branches = async (linesOnly: boolean) => {
    const { coverage } = await analyseAll([requestOf(text, { linesOnly })], {
      cache: openAnalysisCache(folder),
    });
    return Object.keys(coverage["/m.lua"]?.branchMap ?? {}).length;
  };
  expect([await branches(false), await branches(true), await branches(false)]).toEqual([2, 0, 2]);
  const { coverage } = await analyseAll([requestOf("return")], { cache: openAnalysisCache(folder) });
  expect(coverage["/m.lua"]?.statementMap).toEqual({
    0: { start: { line: 1, column: 0 }, end: { line: 1, column: 6 } },
  });
  // A file has one entry.
  expect(entries()).toHaveLength(1);
});

test("an entry that somebody has damaged is made anew", async () => {
  const { folder, entries } = projectWithCache();
  const probed = requestOf(text, { counted: { by: "probes", counters: [3], lines: undefined } });
  await firstCount(folder, probed);
  const [entry = ""] = entries();
  const whole = readFileSync(entry);
  const damages = [
    Buffer.alloc(0),
    whole.subarray(0, 100),
    Buffer.from(whole).fill(7, 50, 60),
    Buffer.from("x"),
  ];
  for (const damaged of damages) {
    writeFileSync(entry, damaged);
    expect(await firstCount(folder, probed)).toBe(3);
    expect(readFileSync(entry)).toEqual(whole);
  }
});

/** Some 1.2 MB, mostly comments, which is enough for two threads. */
function largeProject(): Record<string, string> {
  const files: Record<string, string> = { "node_modules/.keep": "" };
  for (let index = 0; index < 40; index++) {
    const broken = index % 20 === 7 ? `local = ${index}\n` : "";
    files[`src/${index}.lua`] = `--${"x".repeat(30_000)}\n${text.replace("return", broken || "return")}`;
  }
  const modules = Array.from({ length: 20 }, (_, index) => `pcall(dofile, "src/${index}.lua")`);
  return { ...files, "test/all.lua": modules.join("\n") };
}

/** Says so on standard output for each thread of the analysis. */
const tellsOfThreads = `--import=data:text/javascript,process.on(%22worker%22,(worker)=>worker.resourceLimits.maxYoungGenerationSizeMb===96&&console.log(%22analysing%22))`;

async function runWith(jobs: number) {
  const folder = makeFolder(largeProject());
  const args = ["--all", "--jobs", String(jobs), "--reporter", "none", "test"];
  const { stdout, stderr } = await runCli(folder, args, { NODE_OPTIONS: tellsOfThreads });
  const [map = ""] = readdirSync(path.join(folder, ".nyc_output")).filter((name) => name.endsWith(".json"));
  const json = readFileSync(path.join(folder, ".nyc_output", map), "utf8");
  const coverage: CoverageMapData = JSON.parse(json.replaceAll(folder, ""));
  return { threads: stdout.match(/analysing/g)?.length ?? 0, stderr, coverage };
}

test("the map is the same whichever thread has analysed a file", async () => {
  const [alone, together] = await Promise.all([runWith(1), runWith(2)]);
  expect([alone.threads, together.threads]).toEqual([0, 2]);
  expect(together.stderr).toBe(alone.stderr);
  expect(alone.stderr.match(/src\/\d+\.lua:4/g)).toEqual(["src/27.lua:4", "src/7.lua:4"]);
  expect(together.coverage).toEqual(alone.coverage);
  expect(Object.keys(alone.coverage)).toHaveLength(38);
});

test("what threads fail to analyse, this one does", async () => {
  const { folder } = projectWithCache();
  const source = `--${"x".repeat(600_000)}\n${text}`;
  const requests = ["/a.lua", "/b.lua"].map((file) => requestOf(source, { path: file }));
  // The sources of this package have no compiled thread beside them, so each one fails to start.
  const { coverage } = await analyseAll(requests, { jobs: 2, cache: openAnalysisCache(folder) });
  expect(Object.keys(coverage)).toEqual(["/a.lua", "/b.lua"]);
});
