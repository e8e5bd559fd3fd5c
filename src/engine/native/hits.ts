import { readFileSync } from "node:fs";
import path from "node:path";
import { decodeName } from "../../files/names.js";
import { namesIn } from "../../output/leftovers.js";
import type { AgentReport } from "../../types.js";

const firstLine = "luacov-ts-hits 1";

/**
 * The sum of what agents have left in a folder. `sizes` says how many counters a source has; what has another number
 * of them was written by a program, not by an agent, and does not count.
 */
export function readHits(folder: string, sizes: ReadonlyMap<string, number>): AgentReport {
  const hits = new Map<string, number[]>();
  const changed = new Set<string>();
  const unprobed = new Set<string>();
  const files = namesIn(folder).filter((name) => name.startsWith("hits-"));
  const ends = files.map((name) => {
    const [first, ...lines] = linesOf(path.join(folder, name));
    if (first !== firstLine) return "unreadable";
    for (const line of lines) {
      const [word = "", rest = ""] = split(line);
      if (word === "other") changed.add(decodeName(Buffer.from(rest, "latin1")));
      else if (word === "unprobed") unprobed.add(rest);
      else if (sizes.has(word)) add(hits, word, rest, sizes.get(word) ?? 0);
    }
    return lines.at(-1);
  });
  const processes = ends.filter((end) => end !== "unreadable").length;
  const unended = ends.filter((end) => end === "open").length;
  return { hits, processes, unended, changed: [...changed].sort(), unprobed: [...unprobed] };
}

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
