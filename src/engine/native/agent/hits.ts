import { readFileSync } from "node:fs";
import path from "node:path";
import { decodeName } from "../../../files/names.js";
import { namesIn } from "../../../output/leftovers.js";
import type { AgentReport } from "../../../types.js";
import { HookSums } from "./hookSums.js";

const firstLine = "luacov-ts-hits 1";

/**
 * The sum of what agents have left in a folder. `sizes` says how many counters a source has; what has another number
 * of them was written by a program, not by an agent, and does not count.
 */
export function readHits(folder: string, sizes: ReadonlyMap<string, number>): AgentReport {
  const sums: Sums = {
    hits: new Map(),
    hooks: new HookSums(sizes),
    changed: new Set(),
    unprobed: new Set(),
    files: new Set(),
    missing: new Set(),
  };
  const files = namesIn(folder).filter((name) => name.startsWith("hits-"));
  const ends = files.map((name) => {
    const [first, ...lines] = linesOf(path.join(folder, name));
    if (first !== firstLine) return "unreadable";
    sums.hooks.begin();
    for (const line of lines) addLine(sums, line, sizes);
    return lines.at(-1);
  });
  const processes = ends.filter((end) => end !== "unreadable").length;
  const unended = ends.filter((end) => end === "open").length;
  return {
    hits: sums.hits,
    lineHits: sums.hooks.lineHits(),
    processes,
    unended,
    changed: [...sums.changed].sort(),
    unprobed: [...sums.unprobed],
    files: [...sums.files],
    missing: [...sums.missing],
  };
}

interface Sums {
  readonly hits: Map<string, number[]>;
  readonly hooks: HookSums;
  readonly changed: Set<string>;
  readonly unprobed: Set<string>;
  readonly files: Set<string>;
  readonly missing: Set<string>;
}

function addLine(sums: Sums, line: string, sizes: ReadonlyMap<string, number>): void {
  const [word = "", rest = ""] = split(line);
  const isPath = word === "other" || word === "file" || word === "missing";
  if (isPath) sums[pathKinds[word]].add(decodeName(Buffer.from(rest, "latin1")));
  else if (word === "unprobed") sums.unprobed.add(rest);
  else if (!sums.hooks.add(word, rest) && sizes.has(word)) add(sums.hits, word, rest, sizes.get(word) ?? 0);
}

const pathKinds = { other: "changed", file: "files", missing: "missing" } as const;

function linesOf(file: string): string[] {
  return readFileSync(file, "latin1").trimEnd().split("\n");
}

function split(line: string): [string, string] {
  const space = line.indexOf(" ");
  return space === -1 ? [line, ""] : [line.slice(0, space), line.slice(space + 1)];
}

function add(hits: Map<string, number[]>, key: string, row: string, size: number): void {
  const counters = row === "" ? [] : row.split(" ").map(Number);
  if (counters.length !== size || !counters.every(Number.isFinite)) return;
  const sum = hits.get(key);
  hits.set(key, sum === undefined ? counters : counters.map((count, index) => count + (sum[index] ?? 0)));
}
