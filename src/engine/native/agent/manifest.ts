import { encodeName } from "../../../files/names.js";
import type { ProbedSource } from "../../../types.js";

export type ManifestSource = Pick<ProbedSource, "path" | "key" | "digest" | "counters" | "tight"> & {
  /** In bytes. */
  readonly length: number;
  /** Whether there is another copy for Luas with few upvalues. */
  readonly isForFew: boolean;
};

/**
 * What the agent knows of the sources. Each process has it, so it is searched, not read: of each source there are a line with its
 * path, one with all there is to know, and one by which it is found from its length (see `src/lua/agent/sources.lua`).
 */
export function manifestOf(sources: readonly ManifestSource[]): Buffer {
  const longest = sources.reduce((most, { length }) => Math.max(most, length), 0);
  return Buffer.concat([Buffer.from(`longest ${longest}\n`), ...sources.map(linesOf)]);
}

function linesOf({ path, key, digest, length, counters, tight, isForFew }: ManifestSource): Buffer {
  // A path that does not fit on a line is known by its text alone.
  const name = /[\r\n]/.test(path) ? Buffer.alloc(0) : encodeName(path);
  const copies = isForFew ? "two" : "same";
  const facts = `${key} ${length} ${counters} ${copies} ${tight.join() || "none"} ${digest} ${name.length}`;
  return Buffer.concat([Buffer.from("@"), name, Buffer.from(`\n${facts}\n=${length} ${key}\n`)]);
}
