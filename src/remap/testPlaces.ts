/** Lines of Lua files, as programs tell of them, in what these files were made of. */

import path from "node:path";
import { currentFolder } from "../files/files.js";
import type { Place } from "../types.js";
import { createFolders, type Folders } from "./folders.js";
import { isUnusable, mapTextOf } from "./mapText.js";
import { type SourceMap, sourceMapIn, traceMapping } from "./sourceMap.js";

/** Files are named as a person in the current folder would name them. */
export interface OriginalLines {
  /** Where the first thing of a line was that a compiler has taken over; null for what it has added, and for what has no map. */
  at(file: string, line: number): Place | null;
  /** What a whole file was made of, where that is one source; else null. */
  sourceOf(file: string): string | null;
}

interface MappedFile {
  readonly sources: readonly string[];
  /** By line, from 1. */
  readonly places: ReadonlyMap<number, Place>;
}

/** By the same source maps as `remap`; each is read once. */
export function createOriginalLines(): OriginalLines {
  const folders = createFolders();
  const known = new Map<string, MappedFile | null>();
  const mapped = (file: string): MappedFile | null => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const made = mappedFile(path.resolve(currentFolder(), file), folders);
    known.set(file, made);
    return made;
  };
  return {
    at: (file, line) => mapped(file)?.places.get(line) ?? null,
    sourceOf: (file) => {
      const { sources = [] } = mapped(file) ?? {};
      return sources.length === 1 ? (sources[0] ?? null) : null;
    },
  };
}

function mappedFile(file: string, folders: Folders): MappedFile | null {
  const text = mapTextOf(file, folders);
  const map = text === null || isUnusable(text) ? null : sourceMapIn(text);
  return map === null || isUnusable(map) ? null : mappedBy(map);
}

function mappedBy({ map, sources: paths }: SourceMap): MappedFile {
  const sources = paths.map((source) => path.relative(currentFolder(), source));
  const places = new Map<number, Place>();
  for (const [index, segments] of traceMapping().decodedMappings(map).entries()) {
    const first = segments.find((segment) => segment.length > 1);
    const file = sources[first?.[1] ?? -1];
    if (first?.[2] !== undefined && file !== undefined) places.set(index + 1, { file, line: first[2] + 1 });
  }
  return { sources, places };
}
