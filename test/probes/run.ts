import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { digestOf } from "../../src/coverage/probes/digest.js";
import { insertProbes } from "../../src/coverage/probes/insertProbes.js";
import { probeCoverage } from "../../src/coverage/probes/probeCoverage.js";
import type { LuaVersion } from "../../src/source/dialect.js";
import { parseNewest, type Syntax } from "../../src/source/syntax.js";
import type { FileCoverageData } from "../../src/types.js";
import type { Counts } from "../oracle/probes.js";
import { makeFolder } from "../support/folder.js";
import { type ToolName, toolPath } from "../support/tools.js";

/** The Luas that run probed texts; those of 60 upvalues get a text of their own. */
export type Lua = Extract<ToolName, "lua5.1" | "lua5.2" | "lua5.3" | "lua5.4" | "luajit">;

export interface ProbedRun {
  readonly status: number | null;
  readonly output: string;
  /** By the file's name. */
  readonly coverage: Readonly<Record<string, FileCoverageData>>;
}

const driver = path.join(import.meta.dirname, "driver.lua");

export function upvaluesOf(lua: Lua): 60 | 255 {
  return lua === "lua5.1" || lua === "luajit" ? 60 : 255;
}

/** The language of a Lua. */
export function versionOf(lua: Lua): LuaVersion {
  const versions = {
    "lua5.1": "5.1",
    "lua5.2": "5.2",
    "lua5.3": "5.3",
    "lua5.4": "5.4",
    luajit: "LuaJIT",
  } as const;
  return versions[lua];
}

export function syntaxOf(source: Uint8Array): Syntax {
  const parsed = parseNewest(source);
  if (!parsed.ok) throw new Error(`${parsed.line}: ${parsed.message}`);
  return parsed.syntax;
}

/**
 * Runs a program with the probed texts of some files, the program's first. `names` are the names, other than their own,
 * under which Lua finds files.
 */
export function runProbed(
  lua: Lua,
  files: readonly string[],
  names: ReadonlyMap<string, readonly string[]> = new Map(),
  environment: Readonly<Record<string, string>> = {},
): ProbedRun {
  const folder = makeFolder({});
  mkdirSync(path.join(folder, "copies"));
  const sources = files.map((file) => {
    const source = readFileSync(file);
    return { file, source, syntax: syntaxOf(source), digest: digestOf(source) };
  });
  const rows = sources.flatMap(({ file, source, syntax, digest }, number) => {
    const { text, counters } = insertProbes(source, syntax, { upvalues: upvaluesOf(lua) });
    const copy = path.join(folder, "copies", `${number}.lua`);
    writeFileSync(copy, text);
    return (names.get(file) ?? [file]).map((name) => `${name}\t${copy}\t${digest}\t${counters}\n`);
  });
  writeFileSync(path.join(folder, "index"), rows.join(""));
  const { status, output } = run(lua, path.join(folder, "main"), { PROBES: folder, ...environment });
  const counts = countsIn(path.join(folder, "counts"));
  const entries = sources.map(({ file, source, syntax, digest }) => {
    const { coverage } = probeCoverage({
      path: file,
      name: file,
      source,
      syntax,
      counters: counts.get(digest),
    });
    if (coverage === null) throw new Error(`${file} is left out`);
    return [file, coverage] as const;
  });
  return { status, output, coverage: Object.fromEntries(entries) };
}

/** Runs a program as it is, or with the driver and its folder. */
export function run(lua: Lua, program: string, environment: Readonly<Record<string, string>> = {}) {
  const init = environment.PROBES === undefined ? {} : { LUA_INIT: `@${driver}` };
  const env = { PATH: process.env.PATH, LUA_CPATH: "", ...init, ...environment };
  const { status, stdout, stderr } = spawnSync(toolPath(lua), [program], {
    argv0: lua,
    env,
    encoding: "latin1",
  });
  return { status, output: stdout + stderr };
}

/** How often each of the oracle's probes was passed. */
export function runOracle(lua: Lua, texts: ReadonlyMap<string, string>): Counts {
  const folder = makeFolder({});
  mkdirSync(path.join(folder, "copies"));
  const rows = [...texts].map(([name, text], number) => {
    const copy = path.join(folder, "copies", `${number}.lua`);
    writeFileSync(copy, text, "latin1");
    return `${name}\t${copy}\t${number}\t0\n`;
  });
  writeFileSync(path.join(folder, "index"), rows.join(""));
  const { status, output } = run(lua, path.join(folder, "main"), { PROBES: folder, ORACLE: "1" });
  if (status !== 0) throw new Error(`${lua}: ${output}`);
  const counts = countsIn(path.join(folder, "counts"));
  return (probe) => counts.get(`${probe}`)?.[0] ?? 0;
}

function countsIn(file: string): ReadonlyMap<string, readonly number[]> {
  if (!existsSync(file)) return new Map();
  const rows = readFileSync(file, "utf8").trimEnd().split("\n");
  return new Map(
    rows.map((row) => {
      const [digest = "", counts = ""] = row.split("\t");
      return [digest, counts === "" ? [] : counts.split(" ").map(Number)];
    }),
  );
}

/**
 * Lua 5.2 reads beyond its stack, and may crash, once a metamethod of `<=` has yielded where the other operand is a
 * constant (luaV_finishOp).
 */
export function mayCrash(source: Uint8Array, lua: Lua): boolean {
  return lua === "lua5.2" && /[<>]=/.test(Buffer.from(source).toString("latin1"));
}
