import { createHash } from "node:crypto";
import type { Config, Shard } from "../../types.js";
import { type RecordedFile, recordKey, recordName, type TestRecord } from "../record/testRecord.js";

interface Part {
  readonly files: string[];
  load: number;
}

/** The test files of one part, and a digest of all parts, which two machines have to agree about. */
export function cutShard(
  files: readonly string[],
  { index, count }: NonNullable<Config["shard"]>,
  record: TestRecord,
  root: string,
  luas: readonly (string | null)[] = [null],
): { readonly files: readonly string[]; readonly shard: Shard } {
  const parts = partsOf(files, count, record, root, luas);
  const names = parts.map((part) => part.map((file) => recordName(file, root)));
  const cut = createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 16);
  return { files: parts[index - 1] ?? [], shard: { index, count, cut } };
}

/**
 * All parts together are all files, each once, provided that the files and the record
 * are the same for all: the longest file goes to the part with the least to do. A file that is not in the record
 * counts as the mean of those that are.
 */
export function partsOf(
  files: readonly string[],
  count: number,
  record: TestRecord,
  root: string,
  luas: readonly (string | null)[] = [null],
): string[][] {
  const durationOf = (file: string) =>
    sumOf(luas.map((lua) => settledDuration(record[recordKey(file, root, lua)])));
  const known = new Map(files.map((file) => [file, durationOf(file)]));
  const durations = [...known.values()].filter((duration) => duration !== undefined);
  const mean = durations.length === 0 ? 1 : durations.reduce((sum, each) => sum + each, 0) / durations.length;
  const weights = files.map((file) => ({ file, weight: known.get(file) ?? mean }));
  const sorted = weights.sort((a, b) => b.weight - a.weight || (a.file < b.file ? -1 : 1));
  const parts: Part[] = Array.from({ length: count }, () => ({ files: [], load: 0 }));
  for (const { file, weight } of sorted) {
    const least = parts.reduce((best, part) => (isLess(part, best) ? part : best));
    least.files.push(file);
    least.load += weight;
  }
  return parts.map((part) => part.files.sort());
}

/** What one shard finds out must not move the files of the next one. */
function settledDuration(file: RecordedFile | undefined): number | undefined {
  return file?.fromShard === true ? undefined : file?.duration;
}

/** Undefined where nothing is known. */
function sumOf(durations: readonly (number | undefined)[]): number | undefined {
  const known = durations.filter((duration) => duration !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0);
}

/** Files that take no time are dealt out one by one. */
function isLess(a: Part, b: Part): boolean {
  return a.load === b.load ? a.files.length < b.files.length : a.load < b.load;
}
