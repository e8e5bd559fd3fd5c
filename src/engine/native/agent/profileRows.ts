import path from "node:path";
import { currentFolder, isFile, realPath } from "../../../files/files.js";
import { decodeName } from "../../../files/names.js";
import { mergeHeld } from "../../../profile/held.js";
import { emptyProfile } from "../../../profile/merge.js";
import type {
  HeldMemory,
  MemoryHolder,
  Profile,
  ProfiledFunction,
  ProfileNode,
  Sampling,
} from "../../../types.js";

/**
 * Where the time of one process went, from the rows of its file: `function 1\tLua\t3\t7\tname\tfile`; `node 2 1 1 50 3 0 0 4:50` is a
 * node with its parent (0 at the top), its function, microseconds, samples, calls, bytes, and microseconds by line; `sampled 3 1000
 * instructions`; `overhead 12`; and of memory `held 4096`, with `holder 512 3 way to it` for each that holds much of it.
 */
export function readProfileRows(rows: readonly string[]): Profile {
  const overhead = rows.find((row) => row.startsWith("overhead "));
  if (overhead === undefined) return emptyProfile;
  const sampling = rows.filter((row) => row.startsWith("sampled ")).flatMap(samplingOf);
  const functions = rows.filter((row) => row.startsWith("function ")).map(functionOf);
  const nodes = rows
    .filter((row) => row.startsWith("node "))
    .map((row) => nodeOf(row, sampling.length === 0));
  const isWhole = nodes.every(
    (node, index) => functions[node.fn] !== undefined && node.parent < index && isCounted(node),
  );
  if (!isWhole) return emptyProfile;
  return {
    functions,
    nodes: withoutEmpty(nodes),
    sampling,
    overhead: Number(overhead.slice("overhead ".length)),
    held: heldIn(rows),
  };
}

/** A program may have written into the file. */
function isCounted({ self, samples, calls, allocated, lines }: ProfileNode): boolean {
  return [self, samples, calls ?? 0, allocated ?? 0, ...lines.flat()].every(Number.isSafeInteger);
}

/** Lua 5.1 tells of a tail call when it has been taken for another one, which leaves a node of nothing. */
function withoutEmpty(nodes: readonly ProfileNode[]): ProfileNode[] {
  const isKept = nodes.map(({ self, samples, calls }) => self > 0 || samples > 0 || (calls ?? 0) > 0);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const parent = nodes[index]?.parent ?? -1;
    if (isKept[index] === true && parent >= 0) isKept[parent] = true;
  }
  let count = 0;
  const places = isKept.map((kept) => (kept ? count++ : -1));
  return nodes.flatMap((node, index) =>
    isKept[index] === true ? [{ ...node, parent: places[node.parent] ?? -1 }] : [],
  );
}

function functionOf(row: string): ProfiledFunction {
  const [, kind, line, lastLine, name = "", file = ""] = row.split("\t");
  return {
    kind: kind === "main" || kind === "C" || kind === "test" ? kind : "Lua",
    name: name === "" ? null : textOf(name),
    file: file === "" ? null : fileOf(textOf(file)),
    line: Number(line),
    lastLine: Number(lastLine),
  };
}

/** Programs name a file as they see it from the folder in which they have started. */
function fileOf(name: string): string {
  const file = path.resolve(currentFolder(), name);
  return isFile(file) ? realPath(file) : file;
}

function textOf(bytes: string): string {
  return decodeName(Buffer.from(bytes, "latin1"));
}

/** A node's lines never have more time than it has itself: each is rounded. */
function nodeOf(row: string, isExact: boolean): ProfileNode {
  const [, , parent, fn, self, samples, calls, allocated, ...times] = row.split(" ");
  const lines = times.map(lineOf).sort(([a], [b]) => a - b);
  const known = lines.reduce((sum, [, time]) => sum + time, 0);
  return {
    parent: Number(parent) - 1,
    fn: Number(fn) - 1,
    self: Math.max(Number(self), known),
    samples: Number(samples),
    calls: isExact ? Number(calls) : null,
    allocated: allocated === "-" ? null : Number(allocated),
    lines,
  };
}

function lineOf(entry: string): readonly [line: number, self: number] {
  const [line, self] = entry.split(":");
  return [Number(line), Number(self)];
}

function samplingOf(row: string): Sampling[] {
  const [, samples, interval, unit] = row.split(" ");
  if (unit !== "instructions" && unit !== "microseconds") return [];
  return [{ samples: Number(samples), interval: Number(interval), unit }];
}

function heldIn(rows: readonly string[]): HeldMemory | null {
  const held = rows.find((row) => row.startsWith("held "));
  const bytes = Number(held?.slice("held ".length));
  if (!Number.isSafeInteger(bytes)) return null;
  return mergeHeld([{ bytes, holders: rows.filter((row) => row.startsWith("holder ")).flatMap(holderOf) }]);
}

/** A program may have written into the file. */
function holderOf(row: string): MemoryHolder[] {
  const [, bytes, count, path] = /^holder (\d+) (\d+) (.+)$/.exec(row) ?? [];
  const holder = { path: textOf(path ?? ""), bytes: Number(bytes), count: Number(count) };
  return Number.isSafeInteger(holder.bytes) && holder.count > 0 ? [holder] : [];
}
