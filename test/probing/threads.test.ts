import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { digestOf } from "../../src/coverage/probes/digest.js";
import { openProbeCache, type ProbeCache } from "../../src/probing/cache.js";
import { probeSources } from "../../src/probing/sources.js";
import { type CliResult, runCli, startCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

/** Some 4.2 MB, mostly comments, which is enough for two threads; some of it no Lua reads. */
function manySources(): Record<string, string> {
  const statements = "if a and b then c(a or b) end\nfor i = 1, #t do t[i] = i end\n";
  const files: Record<string, string> = { "node_modules/.keep": "" };
  for (let index = 0; index < 60; index++) {
    const broken = index % 20 === 7 ? `local = ${index}\n` : "";
    const comment = `--${"x".repeat(70_000)}\n`;
    files[`src/${index}.lua`] = `${comment}${statements.repeat(index)}${broken}print(${index})`;
  }
  return files;
}

/** Says so on standard output for each thread that is started. */
const tellsOfThreads = `--import=data:text/javascript,process.on(%22worker%22,()=>console.log(%22thread%22))`;

async function coverWith(jobs: number): Promise<CliResult> {
  const args = [
    "--jobs",
    String(jobs),
    "--all",
    "--reporter",
    "none",
    "cover",
    "--",
    process.execPath,
    "-e",
    "0",
  ];
  return runCli(makeFolder(manySources()), args, { NODE_OPTIONS: tellsOfThreads });
}

test("what is said is the same whichever thread has made the copies", async () => {
  const [alone, together] = await Promise.all([coverWith(1), coverWith(2)]);
  // Two make the copies, and two analyse.
  expect([alone.stdout, together.stdout]).toEqual(["", "thread\n".repeat(4)]);
  expect(together.stderr).toBe(alone.stderr);
  expect(alone.stderr.match(/src\/\d+\.lua:\d+/g)).toEqual([
    "src/27.lua:56",
    "src/47.lua:96",
    "src/7.lua:16",
  ]);
});

/** Of texts, which are long, their digests. */
async function probe(folder: string, jobs: number, cache: ProbeCache) {
  const files = Array.from({ length: 60 }, (_, index) => path.join(folder, `src/${index}.lua`));
  const { sources, notices } = await probeSources(files, { root: folder, cache, jobs });
  const digest = (bytes: Uint8Array | null) => bytes && digestOf(bytes);
  return {
    sources: sources.map(({ text, copy, copyFor60, ...source }) => ({
      ...source,
      texts: [text, copy, copyFor60].map(digest),
    })),
    notices,
  };
}

test("what threads fail to make, this one makes", async () => {
  const folder = makeFolder(manySources());
  const cache = { find: () => null, keep: () => {} };
  const alone = await probe(folder, 1, cache);
  // The sources of this package have no compiled thread beside them, so each one fails to start.
  expect(await probe(folder, 2, cache)).toEqual(alone);
  expect([alone.sources.length, alone.notices.length]).toEqual([57, 3]);
});

test("copies come from the cache as they were made", async () => {
  const folder = makeFolder(manySources());
  const made = await probe(folder, 1, openProbeCache(folder));
  expect(await probe(folder, 1, openProbeCache(folder))).toEqual(made);
});

test("Ctrl-C while copies are made ends at once, and the command is not started", async () => {
  const folder = makeFolder(manySources());
  const command = [process.execPath, "-e", "require('node:fs').writeFileSync('started', '')"];
  const child = startCli(folder, ["--jobs", "2", "cover", "--", ...command], {
    NODE_OPTIONS: tellsOfThreads,
  });
  child.stdout.once("data", () => child.kill("SIGINT"));
  expect(await once(child, "close")).toEqual([null, "SIGINT"]);
  expect(existsSync(path.join(folder, "started"))).toBe(false);
});
