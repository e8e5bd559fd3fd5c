import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { type Cache, openCache } from "../cache/cache.js";
import { isFile } from "../files/files.js";
import type { Analysed, AnalysisRequest, FileParts } from "./request.js";

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
type Entries = Map<string, { readonly digest: Uint8Array; readonly content: Uint8Array }>;

/**
 * The cache of a project, in one file: thousands would take longer than they save. What tests cover takes the room of the map many
 * times over, so it is in another, which runs that do not ask for it leave alone.
 */
export function openAnalysisCache(root: string): AnalysisCache {
  const cache = openCache(root, "analyses");
  const analyses = openEntries<Omit<Analysed, "parts">>(cache, root);
  const partsOfFiles = openEntries<Pick<Analysed, "parts">>(cache, `parts ${root}`);
  const find = ({ parts, ...request }: AnalysisRequest): CacheEntry => {
    const own = analyses.entryOf(request.path, digestOf(request));
    if (parts === undefined) return own;
    const others = partsOfFiles.entryOf(request.path, digestOfParts(own.digest, parts));
    const known = own.known === null || others.known === null ? null : { ...own.known, ...others.known };
    return {
      known,
      keep: ({ parts: counted, ...analysed }) => {
        own.keep(analysed);
        others.keep(counted === undefined ? {} : { parts: counted });
      },
    };
  };
  // Who looks ahead asks again.
  const asked = new WeakMap<AnalysisRequest, CacheEntry>();
  return {
    hasSeen: analyses.has,
    entryOf: (request) => {
      const entry = asked.get(request) ?? find(request);
      if (entry.known !== null) asked.set(request, entry);
      return entry;
    },
    save: () => {
      analyses.save();
      partsOfFiles.save();
    },
  };
}

/** What is kept of each file, in one file of a cache by a name. */
function openEntries<Content>(cache: Cache, name: string) {
  // What one version of V8 has packed, another may not unpack.
  const key = createHash("sha256").update(`${process.versions.v8} ${name}`).digest("hex").slice(0, 32);
  let entries: Entries | null = null;
  let isChanged = false;
  const all = (): Entries => {
    entries ??= read(cache.find(key));
    return entries;
  };
  return {
    has: (file: string) => all().has(file),
    entryOf: (file: string, digest: Buffer) => {
      const entry = all().get(file);
      const known: Content | null =
        entry !== undefined && digest.equals(entry.digest) ? deserialize(entry.content) : null;
      const keep = (content: Content) => {
        all().set(file, { digest, content: serialize(content) });
        isChanged = true;
      };
      return { digest, known, keep };
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

/** Of the counters of parts, in a file with a digest of its own. */
function digestOfParts(file: Buffer, parts: FileParts): Buffer {
  const hash = createHash("sha256").update(file);
  for (const [shape, all] of Object.entries(parts)) {
    const sizes = Int32Array.from(all, (runs) => runs?.length ?? -1);
    hash
      .update(`${shape} ${all.length} `)
      .update(sizes)
      .update(Buffer.concat(all.filter((runs) => runs !== null)));
  }
  return hash.digest();
}
