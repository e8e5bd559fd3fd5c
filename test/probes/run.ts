import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { unpack } from "../../src/coverage/packed/unpack.js";
import { digestOf } from "../../src/coverage/probes/digest.js";
import { insertProbesForAll } from "../../src/coverage/probes/insertProbes.js";
import { probeCoverage } from "../../src/coverage/probes/probeCoverage.js";
import { makeAgentFolder } from "../../src/engine/native/agent/agentFolder.js";
import type { LuaVersion } from "../../src/source/dialect.js";
import { parseNewest, type Syntax } from "../../src/source/syntax.js";
import type { FileCoverageData, ProbedSource } from "../../src/types.js";
import { countsIn, oracleEnvironment, oracleSource } from "../oracle/counts.js";
import type { Counts } from "../oracle/probes.js";
import { makeFolder } from "../support/folder.js";
import { type ToolName, toolPath } from "../support/tools.js";

/** The Luas that run probed texts, with their languages. */
const versions = {
  "lua5.1": "5.1",
  "lua5.2": "5.2",
  "lua5.3": "5.3",
  "lua5.4": "5.4",
  "lua5.5": "5.5",
  luajit: "LuaJIT",
} as const satisfies { readonly [Name in ToolName]?: LuaVersion };

export type Lua = keyof typeof versions;

export const luas: readonly Lua[] = ["lua5.1", "lua5.2", "lua5.3", "lua5.4", "lua5.5", "luajit"];

export function versionOf(lua: Lua): LuaVersion {
  return versions[lua];
}

export interface ProbedRun {
  readonly status: number | null;
  readonly output: string;
  /** By the file's name. */
  readonly coverage: Readonly<Record<string, FileCoverageData>>;
}

export function upvaluesOf(lua: Lua): 60 | 255 {
  return lua === "lua5.1" || lua === "luajit" ? 60 : 255;
}

export function syntaxOf(source: Uint8Array): Syntax {
  const parsed = parseNewest(source);
  if (!parsed.ok) throw new Error(`${parsed.line}: ${parsed.message}`);
  return parsed.syntax;
}

/** How many generated programs a Lua runs: 5.5 takes as long to start as a Node does. */
export function runsIn(lua: Lua, runs: number): number {
  return lua === "lua5.5" ? Math.ceil(runs / 6) : runs;
}

/** Runs a program with the probed texts of some files, the program's first. */
export function runProbed(
  lua: Lua,
  files: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ProbedRun {
  const [program = ""] = files;
  const sources = files.map(sourceOf);
  const folder = makeAgentFolder(sources);
  const { status, output } = run(lua, program, { ...folder.environment, ...environment });
  const { probes } = folder.read();
  folder.close();
  const entries = sources.map(({ path: file, key, text }) => {
    const { coverage } = probeCoverage({
      path: file,
      name: file,
      source: text,
      syntax: syntaxOf(text),
      counters: probes.get(key),
    });
    if (coverage === null) throw new Error(`${file} is left out`);
    return [file, unpack(coverage)] as const;
  });
  return { status, output, coverage: Object.fromEntries(entries) };
}

function sourceOf(file: string): ProbedSource {
  const text = readFileSync(file);
  const digest = digestOf(text);
  return { path: file, key: digest, digest, text, ...insertProbesForAll(text, syntaxOf(text), digest) };
}

/** Runs a program. */
export function run(
  lua: Lua,
  program: string,
  environment: Readonly<Record<string, string | undefined>> = {},
) {
  const env = { PATH: process.env.PATH, LUA_CPATH: "", ...environment };
  const { status, stdout, stderr } = spawnSync(toolPath(lua), [program], {
    argv0: lua,
    env,
    encoding: "latin1",
  });
  return { status, output: stdout + stderr };
}

/** How often each of the oracle's probes was passed in a program that is one file. */
export function runOracle(lua: Lua, file: string, probed: string): Counts {
  const folder = makeAgentFolder([oracleSource(file, probed)]);
  const counts = path.join(makeFolder({}), "counts");
  try {
    const { status, output } = run(lua, file, oracleEnvironment(folder, counts));
    if (status !== 0) throw new Error(`${lua}: ${output}`);
  } finally {
    folder.close();
  }
  return countsIn(counts);
}

/**
 * Lua 5.2 reads beyond its stack, and may crash, once a metamethod of `<=` has yielded where the other operand is a
 * constant (luaV_finishOp).
 */
export function mayCrash(source: Uint8Array, lua: Lua): boolean {
  return lua === "lua5.2" && /[<>]=/.test(Buffer.from(source).toString("latin1"));
}
