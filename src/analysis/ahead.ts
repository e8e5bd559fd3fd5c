import { type Stats, statSync } from "node:fs";
import path from "node:path";
import { digestOfSource } from "../files/digest.js";
import { readContent } from "../files/files.js";
import type { AnalysisCache } from "./cache.js";
import type { AnalysisRequest, NotLoaded } from "./request.js";

/**
 * What is known already of the files that no program loads, found while the programs run: of a large project these are most
 * files, and the thread has nothing else to do.
 */
export interface AnalysisAhead {
  readonly cache: AnalysisCache;
  /** Null for a file that has changed since, or that was not come to. */
  requestOf(file: string): AnalysisRequest | null;
  /** Called when the programs have ended, whatever is left. */
  stop(): void;
}

export interface AheadOptions {
  readonly root: string;
  readonly linesOnly: boolean;
  readonly cache: AnalysisCache;
}

/** Begins to look at files, one at a time, as others of this thread's duties allow. */
export function analyseAhead({ sources, inEmbedded }: NotLoaded, options: AheadOptions): AnalysisAhead {
  const found = new Map<string, { readonly request: AnalysisRequest; readonly stats: Stats }>();
  const left = sources[Symbol.iterator]();
  const next = () => {
    const { done, value: file } = left.next();
    if (done) return;
    const ahead = lookAt(file, inEmbedded, options);
    if (ahead !== null) found.set(file, ahead);
    timer = setImmediate(next);
  };
  let timer = setImmediate(next);
  return {
    cache: options.cache,
    requestOf: (file) => {
      const ahead = found.get(file);
      return ahead !== undefined && isUnchanged(file, ahead.stats) ? ahead.request : null;
    },
    stop: () => clearImmediate(timer),
  };
}

/** Null for what the cache does not know and somebody has to analyse anyway, which says also why it cannot be read. */
function lookAt(file: string, inEmbedded: boolean, { root, linesOnly, cache }: AheadOptions) {
  if (!cache.hasSeen(file)) return null;
  try {
    const stats = statSync(file);
    const source = readContent(file);
    const name = path.relative(root, file);
    const request: AnalysisRequest = {
      path: file,
      name,
      source,
      digest: digestOfSource(source),
      counted: { by: "nothing", inEmbedded },
      linesOnly,
    };
    return cache.entryOf(request).known === null ? null : { request, stats };
  } catch {
    return null;
  }
}

function isUnchanged(file: string, { mtimeMs, ctimeMs, size, ino }: Stats): boolean {
  const now = statSync(file, { throwIfNoEntry: false });
  return now?.mtimeMs === mtimeMs && now.ctimeMs === ctimeMs && now.size === size && now.ino === ino;
}
