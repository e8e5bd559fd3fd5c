import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { digestOf } from "../../src/coverage/probes/digest.js";
import { type AgentFolder, makeAgentFolder } from "../../src/engine/native/agent/agentFolder.js";
import type { CoverageMapData, ProbedSource } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { textOf } from "./ast.js";
import { type Comparison, compare } from "./compare.js";
import { runNative } from "./native.js";
import { type Counts, insertProbes } from "./probes.js";

/** Runs a program with probes in the files of a coverage map, and compares. */
export function compareCounts(program: string, coverage: CoverageMapData): Comparison[] {
  const files = [program, ...Object.keys(coverage).filter((file) => file !== program && !isOwn(file))];
  let first = 0;
  const copies = files.map((file) => {
    const text = textOf(readFileSync(file));
    const probed = insertProbes(text, first);
    first = probed.end;
    return { file, text, probed };
  });
  const sources = copies.map(({ file, probed }) => oracleSource(file, probed.text));
  const counts = runProbed(program, sources);
  return copies.map(({ file, text, probed }) => {
    const data = coverage[file];
    if (data === undefined) throw new Error(`${file} is not measured`);
    return compare(data, text, probed, counts);
  });
}

/** A sort whose input has no order. */
function isOwn(file: string): boolean {
  return file === path.join(import.meta.dirname, "ordered.lua");
}

/** A file whose copy has the oracle's probes, for the agent. */
export function oracleSource(file: string, probed: string): ProbedSource {
  const text = readFileSync(file);
  const digest = digestOf(text);
  const copy = Buffer.from(probed, "latin1");
  return { path: file, key: digest, digest, text, counters: 0, tight: [], copy, copyFor60: null };
}

/** Adds to the agent's environment what writes the counts of the oracle's probes to a file. */
export function oracleEnvironment({ environment }: AgentFolder, counts: string) {
  const init = `@${path.join(import.meta.dirname, "probes.lua")}`;
  return { ...environment, LUACOV_TS_USER_INIT: init, PROBES: counts };
}

/** What the oracle's probes have left. */
export function countsIn(file: string): Counts {
  const rows = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  const counts = new Map(rows.map((row) => [Number(row.split("\t")[0]), Number(row.split("\t")[1])]));
  return (probe) => counts.get(probe) ?? 0;
}

function runProbed(program: string, sources: readonly ProbedSource[]): Counts {
  const folder = makeAgentFolder(sources);
  const counts = path.join(makeFolder({}), "counts");
  try {
    runNative(program, oracleEnvironment(folder, counts));
  } finally {
    folder.close();
  }
  return countsIn(counts);
}
