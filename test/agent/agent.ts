import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { unpack } from "../../src/coverage/packed/unpack.js";
import { digestOf } from "../../src/coverage/probes/digest.js";
import { insertProbes } from "../../src/coverage/probes/insertProbes.js";
import { planProbes } from "../../src/coverage/probes/plan/plan.js";
import { tightPlaces } from "../../src/coverage/probes/plan/tightFunctions.js";
import { probeCoverage } from "../../src/coverage/probes/probeCoverage.js";
import { hitsFilesIn } from "../../src/engine/native/agent/hits.js";
import { writeSources } from "../../src/engine/native/agent/manifest.js";
import { parseNewest, type Syntax } from "../../src/source/syntax.js";
import type { ProbedSource } from "../../src/types.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";

/** Debian's, and the one that comes from npm, which starts no pipes and takes no options but -e, -l and --. */
export const allLuas = [...luas, "lua5.5"] as const;

export const agent = fileURLToPath(new URL("../../src/lua/agent/agent.lua", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of sources, of which those in `sources` have probes, and what programs in it have left. */
export interface Project {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a command in the folder with the agent. */
  readonly run: (command: readonly string[], environment?: Readonly<Record<string, string>>) => Ran;
  /** Runs it without. */
  readonly plain: (command: readonly string[], environment?: Readonly<Record<string, string>>) => Ran;
  /** How often each line of a source ran, by number; "not loaded" where nothing did. */
  readonly lines: (source: string) => Readonly<Record<string, number>> | "not loaded";
  /** The last line that each process has left, and the lines that are no counters. */
  readonly ends: () => string[];
  readonly doubts: () => string[];
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

export function makeProject(files: Files, sources: readonly string[] = Object.keys(files)): Project {
  const folder = makeFolder(files);
  const run = path.join(folder, ".run");
  mkdirSync(run);
  writeSources(
    run,
    sources.map((source) => prepare(path.join(folder, source))),
  );
  const PATH = `${process.env.PATH}${path.delimiter}${path.join(import.meta.dirname, "../support/lua55")}`;
  const environment = { PATH, LUA_INIT: `@${agent}`, LUACOV_TS_FOLDER: run, LUACOV_TS_AGENT: agent };
  const start = (command: readonly string[], more: Readonly<Record<string, string>>): Ran => {
    const [program = "", ...args] = command;
    const { LUA_INIT: _, ...inherited } = process.env;
    const env = { ...inherited, PATH, PWD: folder, ...more };
    const ended = spawnSync("sh", ["-c", 'exec "$0" "$@"', program, ...args], {
      cwd: folder,
      env,
      encoding: "latin1",
      timeout: 60_000,
    });
    if (ended.error !== undefined) throw ended.error;
    return { code: ended.status, signal: ended.signal, stdout: ended.stdout, stderr: ended.stderr };
  };
  const left = () => leftIn(run);
  return {
    folder,
    environment,
    run: (command, more = {}) => start(command, { ...environment, ...more }),
    plain: (command, more = {}) => start(command, more),
    lines: (source) => linesOf(path.join(folder, source), left()),
    ends: () => left().map((lines) => lines.at(-1) ?? ""),
    doubts: () => left().flatMap((lines) => lines.filter((line) => /^(other|unprobed|listener) /.test(line))),
  };
}

/** Asks that a command does and says the same with the agent and without; returns what it said. */
export function expectSame(project: Project, command: readonly string[]): Ran {
  const plain = project.plain(command);
  const measured = project.run(command);
  const withoutAddresses = (ran: Ran) => ({
    ...ran,
    stdout: ran.stdout.replace(/0x[\da-f]+/g, "0x"),
    stderr: ran.stderr.replace(/0x[\da-f]+/g, "0x"),
  });
  expect(withoutAddresses(measured)).toEqual(withoutAddresses(plain));
  return measured;
}

function syntaxOf(source: Uint8Array): Syntax {
  const parsed = parseNewest(source);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.syntax;
}

function prepare(file: string): ProbedSource {
  const source = readFileSync(file);
  const syntax = syntaxOf(source);
  const digest = digestOf(source);
  const few = insertProbes(source, syntax, { upvalues: 60 });
  const many = insertProbes(source, syntax, { upvalues: 255 });
  const isSame = Buffer.compare(few.text, many.text) === 0;
  const tight = tightPlaces(planProbes(syntax), source);
  const copies = { copy: many.text, copyFor60: isSame ? null : few.text };
  return { path: file, key: digest, digest, text: source, counters: many.counters, tight, ...copies };
}

function leftIn(run: string): string[][] {
  return hitsFilesIn(run).map((file) => readFileSync(file, "latin1").trimEnd().split("\n"));
}

function linesOf(file: string, left: readonly (readonly string[])[]) {
  const source = readFileSync(file);
  const key = digestOf(source);
  const rows = left.flat().filter((line) => line.startsWith(`${key} `));
  const [first, ...others] = rows.map((row) => row.split(" ").slice(1).map(Number));
  if (first === undefined) return "not loaded";
  const counters = first.map((count, index) => others.reduce((sum, row) => sum + (row[index] ?? 0), count));
  const { coverage } = probeCoverage({ path: file, name: file, source, syntax: syntaxOf(source), counters });
  if (coverage === null) return {};
  const { statementMap, s } = unpack(coverage);
  return Object.fromEntries(
    Object.entries(s).map(([id, count]) => [statementMap[id]?.start.line ?? 0, count]),
  );
}
