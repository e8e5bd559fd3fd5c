import { closeSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { encodeName } from "../../../files/names.js";
import type { ProbedSource } from "../../../types.js";

/** How much of the texts is written at a time, in bytes. */
const batchSize = 4_000_000;

/**
 * Writes what the agent knows of the sources (see `src/lua/agent/loading/sources.lua`) into a folder: `texts`, which are all of their texts
 * and copies, since thousands of files would take longer to make than to use; and the manifest, which says where each is. Each
 * process has that, so it is searched, not read: of each source there are a line with its path, one with all there is to know, and
 * one by which it is found from its length.
 */
export function writeSources(folder: string, sources: readonly ProbedSource[]): void {
  const longest = sources.reduce((most, { text }) => Math.max(most, text.length), 0);
  const places = writeTexts(path.join(folder, "texts"), sources);
  const lines = sources.map((source) => linesOf(source, places.get(source.digest) ?? 0));
  writeFileSync(
    path.join(folder, "manifest"),
    Buffer.concat([Buffer.from(`longest ${longest}\n`), ...lines]),
  );
}

/** Returns where each begins, by its digest: its text, its copy, and the copy for Luas with few upvalues. */
function writeTexts(file: string, sources: readonly ProbedSource[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const descriptor = openSync(file, "w");
  let [at, batch, batched]: [number, Uint8Array[], number] = [0, [], 0];
  const flush = () => {
    writeFileSync(descriptor, Buffer.concat(batch));
    [batch, batched] = [[], 0];
  };
  try {
    for (const { digest, text, copy, copyFor60 } of sources) {
      if (places.has(digest)) continue;
      places.set(digest, at);
      const texts = copyFor60 === null ? [text, copy] : [text, copy, copyFor60];
      const length = texts.reduce((sum, each) => sum + each.length, 0);
      batch.push(...texts);
      [at, batched] = [at + length, batched + length];
      if (batched >= batchSize) flush();
    }
    flush();
  } finally {
    closeSync(descriptor);
  }
  return places;
}

function linesOf(source: ProbedSource, at: number): Buffer {
  const { path: file, key, digest, text, counters, tight, copy, copyFor60 } = source;
  // A path that does not fit on a line is known by its text alone.
  const name = /[\r\n]/.test(file) ? Buffer.alloc(0) : encodeName(file);
  const copies = `${at} ${copy.length} ${copyFor60 === null ? "same" : copyFor60.length}`;
  const facts = `${key} ${text.length} ${counters} ${copies} ${tight.join() || "none"} ${digest} ${name.length}`;
  return Buffer.concat([Buffer.from("@"), name, Buffer.from(`\n${facts}\n=${text.length} ${key}\n`)]);
}
