import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { runJob } from "../../src/harness/job.js";
import { packagePath } from "../../src/harness/packagePath.js";
import type { Hits } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";

const here = import.meta.dirname;
const programs = readdirSync(path.join(here, "programs"));

test.each(programs)("the line hook of lua5.3 and ours agree on %s", async (name) => {
  const program = path.join(here, "programs", name);
  const theirs = oracleLines(program);
  const ours = await ourLines(program);
  expect(ours).toEqual(theirs);
});

type Lines = Record<string, Record<string, number>>;

/** Visits by real path and line, from a line hook in the system's Lua. */
function oracleLines(program: string): Lines {
  const output = path.join(makeFolder({}), "lines");
  const env = { ...process.env, LUA_INIT: `@${path.join(here, "lines.lua")}`, LINES: output };
  execFileSync("lua5.3", [program], { env, encoding: "utf8" });
  const rows = readFileSync(output, "utf8").trimEnd().split("\n");
  const entries = rows.map((row) => {
    const [file = "", pairs = ""] = row.split("\t");
    const lines = pairs.split(" ").map((pair) => pair.split(":"));
    return [
      realName(file),
      Object.fromEntries(lines.map(([line, visits]) => [line, Number(visits)])),
    ] as const;
  });
  return compared(Object.fromEntries(entries));
}

/** Left out: the oracle's own frames, chunks without a file, and a sort whose input has no order. */
function compared(lines: Lines): Lines {
  const ours = [path.join(here, "lines.lua"), path.join(here, "ordered.lua")];
  return Object.fromEntries(
    Object.entries(lines).filter(([file]) => path.isAbsolute(file) && !ours.includes(file)),
  );
}

/** Debian's folders for several versions of Lua are links to one. */
function realName(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

async function ourLines(program: string): Promise<Lines> {
  const config = await loadConfig({ cwd: here });
  const scope = { root: "/", tests: [], include: [], exclude: [], extension: [".lua"] };
  const job = { program: { file: program, args: [], packagePath: packagePath(config) }, scope, linesOnly: false };
  const outcome = runJob(job, new Int32Array(1));
  expect(outcome.result.message).toBe("");
  return compared(visitedLines(outcome.hits));
}

function visitedLines(hits: Hits): Lines {
  const entries = Object.entries(hits).map(([file, shapes]) => {
    const lines = Object.values(shapes).flatMap((chunk) => [...chunk.lines.entries()]);
    return [file, Object.fromEntries(lines.filter(([, visits]) => visits > 0))];
  });
  return Object.fromEntries(entries);
}
