import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { openCache } from "../cache/cache.js";
import { isFile } from "../files/files.js";
import type { Analysed, AnalysisRequest } from "./request.js";

/** What came of the last analysis of each file: the same text with the same counts comes to the same again. */
export interface AnalysisCache {
  /** Whether the last run has analysed a file by this path, which may have changed since. */
  hasSeen(file: string): boolean;
  /** What is known of a file, and where to keep what is not. */
  entryOf(request: AnalysisRequest): CacheEntry;
  /** Writes what was kept. */
  save(): void;
}

export interface CacheEntry {
  readonly known: Analysed | null;
  keep(analysed: Analysed): void;
}

/** By path: what ran changes from run to run, and the next analysis takes the place of the last. */
type Entries = Map<string, { readonly digest: Uint8Array; readonly analysed: Uint8Array }>;

/** The cache of a project, in one file: thousands would take longer than they save. */
export function openAnalysisCache(root: string): AnalysisCache {
  const cache = openCache(root, "analyses");
  // What one version of V8 has packed, another may not unpack.
  const name = `${process.versions.v8} ${root}`;
  const key = createHash("sha256").update(name).digest("hex").slice(0, 32);
  let entries: Entries | null = null;
  let isChanged = false;
  const all = (): Entries => {
    entries ??= read(cache.find(key));
    return entries;
  };
  const find = (request: AnalysisRequest): CacheEntry => {
    const digest = digestOf(request);
    const entry = all().get(request.path);
    return {
      known: entry !== undefined && digest.equals(entry.digest) ? deserialize(entry.analysed) : null,
      keep: (analysed) => {
        all().set(request.path, { digest, analysed: serialize(analysed) });
        isChanged = true;
      },
    };
  };
  // Who looks ahead asks again.
  const asked = new WeakMap<AnalysisRequest, CacheEntry>();
  return {
    hasSeen: (file) => all().has(file),
    entryOf: (request) => {
      const entry = asked.get(request) ?? find(request);
      if (entry.known !== null) asked.set(request, entry);
      return entry;
    },
    save: () => {
      if (!isChanged || entries === null) return;
      const there = [...entries].filter(([file]) => isFile(file));
      cache.keep(key, serialize(new Map(there)));
      isChanged = false;
    },
  };
}

function read(content: Buffer | null): Entries {
  return content === null ? new Map() : deserialize(content);
}

/** The source is in it by its own digest, which is the same for other ends of lines, and its length, which is not. */
function digestOf({ source: { length }, ...others }: AnalysisRequest): Buffer {
  return createHash("sha256")
    .update(textOf({ ...others, length }))
    .digest();
}

/** Most files have no counts: to serialize takes as long as to read them. */
function textOf(others: Omit<AnalysisRequest, "source"> & { readonly length: number }): string | Buffer {
  return others.counted.by === "nothing" ? JSON.stringify(others) : serialize(others);
}
