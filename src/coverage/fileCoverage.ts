import type { FileCoverageData } from "istanbul-lib-coverage";
import type { ChunkHits } from "../types.js";
import type { Sites } from "./sites.js";

/** A file's coverage as Istanbul's map holds it. Without hits the file was never loaded. */
export function fileCoverage(path: string, sites: Sites, hits: ChunkHits | undefined): FileCoverageData {
  const { statements, functions } = sites;
  const unloaded = hits === undefined ? { all: true } : {};
  return {
    path,
    ...unloaded,
    statementMap: byIndex(statements, ({ loc }) => loc),
    fnMap: byIndex(functions, ({ name, decl, loc }) => ({ name, decl, loc, line: decl.start.line })),
    branchMap: {},
    s: byIndex(statements, ({ line }) => hits?.lines[line] ?? 0),
    f: byIndex(functions, ({ proto }) => hits?.calls[proto] ?? 0),
    b: {},
  };
}

function byIndex<T, U>(items: readonly T[], make: (item: T) => U): Record<string, U> {
  return Object.fromEntries(items.map((item, index) => [index, make(item)]));
}
