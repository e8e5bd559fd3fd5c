import { rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { type AnalysisAhead, analyseAhead } from "../../src/analysis/ahead.js";
import { analyse } from "../../src/analysis/analyse.js";
import { openAnalysisCache } from "../../src/analysis/cache.js";
import { makeFolder } from "../support/folder.js";

const names = ["a.lua", "b.lua", "c.lua", "d.lua"];

/** A project whose sources an earlier run has analysed, but for the last one. */
async function project() {
  const root = makeFolder({
    "node_modules/.keep": "",
    ...Object.fromEntries(names.map((name) => [name, "return 1\n"])),
  });
  const files = names.map((name) => path.join(root, name));
  const notLoaded = { sources: files, inEmbedded: true };
  const options = { root, linesOnly: false };
  await analyse(
    {},
    { ...notLoaded, sources: files.slice(0, 3) },
    { ...options, cache: openAnalysisCache(root) },
  );
  const ahead = analyseAhead(notLoaded, { ...options, cache: openAnalysisCache(root) });
  const conclude = () => analyse({}, notLoaded, { ...options, cache: ahead.cache }, ahead);
  return { files, ahead, conclude };
}

async function knownOf(ahead: AnalysisAhead, files: readonly string[]): Promise<string[]> {
  // One file a turn, and one turn for what was put off before.
  for (const _ of [...files, 1]) await setImmediate();
  return files.filter((file) => ahead.requestOf(file) !== null).map((file) => path.basename(file));
}

test("what an earlier run has analysed is known before the programs end, the rest is worked out then", async () => {
  const { files, ahead, conclude } = await project();
  expect(await knownOf(ahead, files)).toEqual(["a.lua", "b.lua", "c.lua"]);
  ahead.stop();
  expect(Object.keys((await conclude()).coverage)).toEqual(files);
});

test("a file that has changed or gone meanwhile is read again", async () => {
  const { files, ahead, conclude } = await project();
  const [a = "", b = "", c = ""] = files;
  expect(await knownOf(ahead, files)).toHaveLength(3);
  writeFileSync(a, "local x = 1\nreturn x\n");
  utimesSync(b, new Date(), new Date());
  rmSync(c);
  expect(await knownOf(ahead, files)).toEqual([]);
  const { coverage, notices } = await conclude();
  expect(Object.values(coverage).map(({ s }) => Object.keys(s).length)).toEqual([2, 1, 1]);
  expect(Object.keys(coverage)).not.toContain(c);
  expect(notices.map(({ level, file }) => [level, file])).toEqual([["problem", c]]);
});

test("once it is stopped, it looks at nothing more", async () => {
  const { files, ahead } = await project();
  ahead.stop();
  expect(await knownOf(ahead, files)).toEqual([]);
});
