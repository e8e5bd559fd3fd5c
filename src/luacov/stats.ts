/**
 * LuaCov's stats file. For each source, sorted by the bytes of its name, it has two lines: `<lines>:<name>`, and the hits of
 * each line from the first one to the last that was hit, with a blank behind each.
 */

import { decodeName, encodeName } from "../files/names.js";

/** The hits of each line from the first one on, by the name of the source as Lua had it. */
export type Stats = ReadonlyMap<string, readonly number[]>;

/** What a stats file holds, up to the line where it goes wrong: `problem` says where and why, null for a whole one. */
export interface ReadStats {
  readonly stats: Stats;
  readonly problem: string | null;
}

/** Reads a stats file. Like LuaCov it takes what comes before the first thing that it cannot read. */
export function parseStats(content: Uint8Array): ReadStats {
  const lines = Buffer.from(content).toString("latin1").split(/\r?\n/);
  const stats = new Map<string, readonly number[]>();
  for (let index = 0; index < lines.length; index += 2) {
    const [header = "", row = ""] = lines.slice(index, index + 2);
    if (header === "" && index === lines.length - 1) break;
    const [, length = "", bytes = ""] = /^(\d+):(.+)$/.exec(header) ?? [];
    if (bytes === "") {
      return { stats, problem: `line ${index + 1} is not the number of lines and the name of a source` };
    }
    const name = decodeName(Buffer.from(bytes, "latin1"));
    const { hits, isWhole } = hitsIn(row, Number(length));
    stats.set(name, sumOf(stats.get(name) ?? [], hits));
    if (!isWhole) return { stats, problem: `line ${index + 2} does not hold the hits of ${length} lines` };
  }
  return { stats, problem: null };
}

/** A stats file as LuaCov writes it. Sources without hits have no place in it. */
export function formatStats(stats: Stats): Buffer {
  const named = [...stats].map(([name, hits]) => ({ name: encodeName(name), hits: withoutEnd(hits) }));
  const sorted = named.filter(({ hits }) => hits.length > 0).sort((a, b) => Buffer.compare(a.name, b.name));
  return Buffer.concat(
    sorted.flatMap(({ name, hits }) => [
      Buffer.from(`${hits.length}:`),
      name,
      Buffer.from(`\n${hits.map((each) => `${each} `).join("")}\n`),
    ]),
  );
}

/** The sum of the hits of each line. */
export function sumOf(some: readonly number[], others: readonly number[]): readonly number[] {
  const length = Math.max(some.length, others.length);
  return Array.from({ length }, (_, index) => (some[index] ?? 0) + (others[index] ?? 0));
}

/** LuaJIT and Lua 5.1 write large numbers as `1e+15`. */
function hitsIn(row: string, length: number): { hits: readonly number[]; isWhole: boolean } {
  const words = row.split(" ").filter((word) => word !== "");
  const hits = words.map(Number);
  const end = hits.findIndex((each) => !Number.isFinite(each) || each < 0);
  const known = end === -1 ? hits : hits.slice(0, end);
  return { hits: known.slice(0, length), isWhole: known.length === length && hits.length === length };
}

function withoutEnd(hits: readonly number[]): readonly number[] {
  return hits.slice(0, hits.findLastIndex((each) => each > 0) + 1);
}
