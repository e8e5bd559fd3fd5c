import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { analyseAll } from "../../src/analysis/analyseAll.js";
import { openAnalysisCache } from "../../src/analysis/cache.js";
import type { AnalysisRequest } from "../../src/analysis/request.js";
import { digestOfSource } from "../../src/files/digest.js";
import { addRuns, runsOf } from "../../src/hits/byTest/runs.js";
import type { CoverageMapData } from "../../src/types.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { runProgramIn } from "../support/measure.js";

const text = 'local x = ...\nif x or y then x = 1 end\nreturn x, "it\'s"\n';

function requestOf(source: string, others: Partial<AnalysisRequest> = {}): AnalysisRequest {
  const counted = { by: "nothing", inEmbedded: true } as const;
  const content = { source: Buffer.from(source), digest: digestOfSource(Buffer.from(source)) };
  return { path: "/m.lua", name: "m.lua", ...content, counted, linesOnly: false, ...others };
}

/** A project whose cache is its own, with some empty sources. */
function projectWithCache() {
  const folder = makeFolder({
    "node_modules/.keep": "",
    "m.lua": "",
    "other.lua": "",
    "broken.lua": "",
    "probed.lua": "",
  });
  const cache = path.join(folder, "node_modules/.cache/luacov-ts/analyses");
  const entry = () => {
    const names = readdirSync(cache, { recursive: true, encoding: "utf8" });
    const files = names.filter((name) => /[\da-f]{32}$/.test(name));
    expect(files).toHaveLength(1);
    return path.join(cache, files[0] ?? "");
  };
  return { folder, entry };
}

const withProbes = (...counters: number[]) => ({ by: "probes", counters, lines: undefined }) as const;

/** Which files are analysed, and not known. */
async function analysedOf(folder: string, requests: readonly AnalysisRequest[]): Promise<string[]> {
  const cache = openAnalysisCache(folder);
  const unknown = requests.filter((request) => cache.entryOf(request).known === null);
  await analyseAll(requests, { cache });
  return unknown.map(({ name }) => name);
}

test("what comes from the cache is what the analysis said", async () => {
  const { folder } = projectWithCache();
  const { hits } = runProgramIn(folder, `${text}-- luacov: ignore nothing`);
  const [[file = "", shapes = {}] = []] = Object.entries(hits.bytecode);
  const requests = [
    requestOf(readFileSync(file, "utf8"), { path: file, counted: { by: "instructions", shapes } }),
    requestOf("goto = 1", { path: path.join(folder, "other.lua"), name: "other.lua" }),
    requestOf("local =", { path: path.join(folder, "broken.lua"), name: "broken.lua" }),
    requestOf(text, { path: path.join(folder, "probed.lua"), counted: withProbes(1, 2, 3) }),
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
  expect(await analysedOf(folder, requests)).toHaveLength(4);
  expect(await analysedOf(folder, requests)).toEqual([]);
  expect(await analyseAll(requests, { cache: openAnalysisCache(folder) })).toStrictEqual(fresh);
});

test("another text, other counts and other options are not taken for those of the entry", async () => {
  const { folder } = projectWithCache();
  const file = path.join(folder, "m.lua");
  const probed = requestOf(text, { path: file, counted: withProbes(3) });
  const others = [
    probed,
    { ...probed, counted: withProbes(4) },
    { ...probed, counted: { by: "nothing", inEmbedded: true } as const },
    { ...probed, linesOnly: true },
    { ...probed, name: "folder/m.lua" },
    requestOf("return", { path: file, counted: withProbes(3) }),
    requestOf(text.replaceAll("\n", "\r\n"), { path: file, counted: withProbes(3) }),
  ];
  for (const [index, request] of others.entries()) {
    for (const other of others.slice(index)) {
      const cache = openAnalysisCache(folder);
      await analyseAll([request], { cache });
      expect(cache.entryOf(other).known === null).toBe(other !== request);
    }
  }
});

test("what parts of the run came to is kept beside the rest, which is known without them", async () => {
  const { folder } = projectWithCache();
  const { hits } = runProgramIn(folder, text);
  const [[file = "", shapes = {}] = []] = Object.entries(hits.bytecode);
  const [[shape = "", chunk] = []] = Object.entries(shapes);
  const counters = [
    ...Array.from(chunk?.lines ?? []),
    ...Array.from(chunk?.calls ?? []),
    ...(chunk?.instructions ?? []).flatMap(({ counts, fell, jumped }) =>
      [counts, fell, jumped].flatMap((each) => Array.from(each)),
    ),
  ];
  const request = requestOf(readFileSync(file, "utf8"), {
    path: file,
    counted: { by: "instructions", shapes },
  });
  const partsOf = (...all: (readonly number[])[]) => ({ ...request, parts: { [shape]: all.map(runsOf) } });
  const [one, both] = [
    partsOf(counters),
    partsOf(
      counters,
      counters.map((count) => 2 * count),
    ),
  ];
  const known = async (each: AnalysisRequest) => {
    const isKnown = openAnalysisCache(folder).entryOf(each).known !== null;
    const fresh = await analyseAll([each], {});
    expect(await analyseAll([each], { cache: openAnalysisCache(folder) })).toStrictEqual(fresh);
    return isKnown;
  };
  expect(await known(one)).toBe(false);
  expect(await known(one)).toBe(true);
  expect(await known(request)).toBe(true);
  expect(await known(one)).toBe(true);
  expect(await known(both)).toBe(false);
  expect(await known(both)).toBe(true);
  const { counted } = await analyseAll([both], { cache: openAnalysisCache(folder) });
  const [once, twice] = counted.get(file)?.parts[shape] ?? [];
  const sum = new Float64Array(100);
  addRuns(sum, once ?? new Uint8Array(), 2);
  expect(Array.from(twice ?? [])).toEqual(Array.from(runsOf(sum) ?? []));
  expect(once?.length).toBeGreaterThan(0);
});

test("entries of files that are gone are forgotten, others stay whatever the next run measures", async () => {
  const { folder } = projectWithCache();
  const [m, other] = ["m.lua", "other.lua"].map((name) =>
    requestOf(text, { path: path.join(folder, name), name }),
  );
  if (m === undefined || other === undefined) throw new Error("two requests");
  const gone = requestOf(text, { path: path.join(folder, "gone.lua"), name: "gone.lua" });
  expect(await analysedOf(folder, [m, gone])).toEqual(["m.lua", "gone.lua"]);
  expect(await analysedOf(folder, [other])).toEqual(["other.lua"]);
  expect(await analysedOf(folder, [m, other, gone])).toEqual(["gone.lua"]);
});

test("a cache that somebody has damaged is made anew", async () => {
  const { folder, entry } = projectWithCache();
  const probed = requestOf(text, { path: path.join(folder, "m.lua"), counted: withProbes(3) });
  await analysedOf(folder, [probed]);
  const whole = readFileSync(entry());
  const damages = [
    Buffer.alloc(0),
    whole.subarray(0, 100),
    Buffer.from(whole).fill(7, 50, 60),
    Buffer.from("x"),
  ];
  for (const damaged of damages) {
    writeFileSync(entry(), damaged);
    expect(await analysedOf(folder, [probed])).toEqual(["m.lua"]);
    expect(readFileSync(entry())).toEqual(whole);
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
