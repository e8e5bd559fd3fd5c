import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ChunkCache } from "../../src/engine/fengari/chunks/chunkCache.js";
import { type KeptChunks, openKeptChunks } from "../../src/engine/fengari/chunks/keptChunks.js";
import type { Outcome } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { runProgramIn } from "../support/measure.js";

const module = `local M = {}
function M.plain() return 1 end
function M.check(a, b) if a and not b then return M.plain() end error("both", 2) end
return M
`;

/** A text that is worth keeping from run to run. */
const padding = `-- ${"padding ".repeat(300)}\n`;

/** What a run leaves, its duration aside. */
function left({ exit, results, hits, limits }: Outcome): unknown {
  const told = results.map(({ status, message, traceback }) => ({ status, message, traceback }));
  return { exit, hits, limits, told };
}

/** Programs that load `m.lua`, each of which has to be the same when others have loaded it before. */
const programs: readonly (readonly [what: string, text: string])[] = [
  ["calls of a module", 'local m = require "m" m.check(true) pcall(m.check, true, true)'],
  [
    "a module that is loaded twice",
    "local a, b = dofile(path), dofile(path) assert(a.plain ~= b.plain) a.plain()",
  ],
  ["an error in a module", 'require("m").check()'],
  [
    "functions without upvalues, by their addresses",
    'local m = require "m" error(tostring(m.plain) .. tostring(m))',
  ],
  ["what debug says", 'error(require "debug".getinfo(require("m").plain, "S").source, 0)'],
  [
    "its globals",
    "x = 1 local m = loadfile(path, nil, { setmetatable = setmetatable }) error(tostring(m().plain == nil), 0)",
  ],
  ["a dump of its functions", 'local m = require "m" assert(load(string.dump(m.plain))() == 1)'],
];

test.for(programs)("%s: the same after other programs", ([_, text]) => {
  const folder = makeFolder({ "m.lua": module });
  const chunks = new ChunkCache();
  const source = `local path = ${JSON.stringify(path.join(folder, "m.lua"))}\n${text}`;
  const alone = left(runProgramIn(folder, source));
  for (const _round of [1, 2]) runProgramIn(folder, 'local other = { {}, {}, {} } require "m"', { chunks });
  for (const _round of [1, 2, 3]) expect(left(runProgramIn(folder, source, { chunks }))).toEqual(alone);
  expect(chunks.size).toBe(module.length + source.length);
});

test.for(programs)("%s: the same when an earlier run has compiled it", ([_, text]) => {
  const folder = makeFolder({ "m.lua": `${module}${padding}`, "node_modules/.keep": "" });
  const source = `local path = ${JSON.stringify(path.join(folder, "m.lua"))}\n${text}\n${padding}`;
  const alone = left(runProgramIn(folder, source));
  const found: boolean[] = [];
  const kept = openKeptChunks(folder);
  const watched: KeptChunks = {
    keep: kept.keep,
    find: (name, digest) => {
      const chunk = kept.find(name, digest);
      found.push(chunk !== null);
      return chunk;
    },
  };
  for (const _run of [1, 2]) {
    const chunks = new ChunkCache(watched);
    for (const _program of [1, 2, 3]) expect(left(runProgramIn(folder, source, { chunks }))).toEqual(alone);
  }
  expect(found.slice(0, 2)).toEqual([false, false]);
  expect(found.slice(2).every((isFound) => isFound)).toBe(true);
});

test("of a text that was changed, or is none of the project's, nothing is found", () => {
  const folder = makeFolder({ "node_modules/.keep": "" });
  const kept = openKeptChunks(folder);
  const chunk = { bytecode: Buffer.from("code"), hasWideIntegers: true, ids: 70000 };
  const [one, other] = ["a", "b"].map((text) => createHash("sha1").update(text).digest("base64"));
  for (const name of ["@m.lua", `@${folder}/n.lua`, "@../o.lua", "@/tmp/lua_1.lua"])
    kept.keep(name, one ?? "", chunk);
  const found = (name: string, digest = one ?? "") => kept.find(name, digest);
  expect([found("@m.lua"), found(`@${folder}/n.lua`)]).toEqual([chunk, chunk]);
  expect([found("@m.lua", other), found("@../o.lua"), found("@/tmp/lua_1.lua")]).toEqual([null, null, null]);
});

test("a file is kept when it is loaded for the second time, and compiled anew when it has changed", () => {
  const folder = makeFolder({ "m.lua": "return 1" });
  const chunks = new ChunkCache();
  const run = (program: string) => runProgramIn(folder, program, { chunks }).exit;
  expect(run('assert(require "m" == 1)')).toEqual({ kind: "returned" });
  expect(chunks.size).toBe(0);
  expect(run('assert(require "m" == 1) -- again')).toEqual({ kind: "returned" });
  expect(chunks.size).toBe("return 1".length);
  writeFileSync(path.join(folder, "m.lua"), "return 2");
  expect(run('assert(require "m" == 2)')).toEqual({ kind: "returned" });
  expect(chunks.size).toBe(0);
  expect(run('assert(require "m" == 2) -- again')).toEqual({ kind: "returned" });
});

test("what is no Lua is told each time, and never kept", () => {
  const folder = makeFolder({ "m.lua": "return =" });
  const chunks = new ChunkCache();
  const messages = [1, 2, 3].map(() => runProgramIn(folder, 'require "m"', { chunks }).results[0]?.message);
  expect(new Set(messages).size).toBe(1);
  expect(messages[0]).toContain("m.lua:1: unexpected symbol near '='");
  expect(chunks.size).toBe('require "m"'.length);
});

test("that a module relies on wide integers is told each time", () => {
  const folder = makeFolder({ "m.lua": "return 4294967296" });
  const chunks = new ChunkCache();
  const limits = [1, 2, 3, 4].map(() => runProgramIn(folder, 'error(require "m")', { chunks }).limits);
  expect(limits).toEqual(Array.from({ length: 4 }, () => ["integers of more than 32 bits"]));
});

test("what was not used for the longest time goes first", () => {
  const text = (name: string) => `return "${name}"`;
  const names = ["a", "b", "c"];
  const folder = makeFolder(Object.fromEntries(names.map((name) => [`${name}.lua`, text(name)])));
  const chunks = new ChunkCache(null, 2 * text("a").length);
  const load = (name: string) => {
    runProgramIn(folder, `assert(require "${name}" == "${name}") -- ${Math.random()}`, { chunks });
  };
  for (const name of ["a", "a", "b", "b", "a", "c", "c"]) load(name);
  expect(chunks.size).toBe(2 * text("a").length);
});
