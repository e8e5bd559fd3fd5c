import path from "node:path";
import type { Config, CoverageMapData, Notice } from "../types.js";
import { createFolders, type Folders } from "./folders.js";
import { mapTextOf } from "./mapText.js";

/** A coverage map of what people have written. */
export interface Remapped {
  readonly coverage: CoverageMapData;
  /** Why files that have a source map are left as they are. */
  readonly notices: readonly Notice[];
}

/**
 * The coverage of Lua that was compiled from another language as that of its sources, by the source maps of the Lua files, unless
 * `sourceMap` is off; what has none stays as it is. The given map is not changed.
 */
export async function remap(
  { cwd, sourceMap }: Pick<Config, "cwd" | "sourceMap">,
  coverage: CoverageMapData,
): Promise<Remapped> {
  const folders = createFolders();
  const maps = new Map(sourceMap ? Object.keys(coverage).flatMap((file) => found(file, folders)) : []);
  if (maps.size === 0) return { coverage, notices: [] };
  return (await import("./originals.js")).withOriginals(cwd, coverage, maps);
}

function found(file: string, folders: Folders) {
  const map = path.isAbsolute(file) ? mapTextOf(file, folders) : null;
  return map === null ? [] : [[file, map] as const];
}
