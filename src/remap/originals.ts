import path from "node:path";
import { mergeCoverage } from "../coverage/merge.js";
import { visibleName } from "../files/visible.js";
import type { CoverageMapData, FileCoverageData, Notice } from "../types.js";
import { originalsOf } from "./fileCoverage.js";
import { createLines, type LinesOf } from "./lines.js";
import { isUnusable, type MapText, type Unusable } from "./mapText.js";
import { findOriginals } from "./places.js";
import type { Remapped } from "./remap.js";
import { sourceMapIn } from "./sourceMap.js";

/** The maps of files of a coverage map, by their paths. */
export type MapTexts = ReadonlyMap<string, MapText | Unusable>;

/** A map in which files that have a source map are their sources. */
export function withOriginals(root: string, coverage: CoverageMapData, maps: MapTexts): Remapped {
  const linesOf = createLines();
  const notices: Notice[] = [];
  const parts: CoverageMapData[] = [];
  for (const [file, lua] of Object.entries(coverage)) {
    const map = maps.get(file);
    const originals = map === undefined ? { [file]: lua } : originalsBy(map, lua, linesOf);
    parts.push(isUnusable(originals) ? { [file]: lua } : originals);
    if (isUnusable(originals)) notices.push(notice(root, file, originals));
  }
  return { coverage: mergeCoverage(parts), notices };
}

function originalsBy(text: MapText | Unusable, lua: FileCoverageData, linesOf: LinesOf) {
  const map = isUnusable(text) ? text : sourceMapIn(text);
  if (isUnusable(map)) return map;
  const originals = originalsOf(lua, findOriginals(map, linesOf));
  const isMapped = Object.keys(originals).length > 0 || Object.keys(lua.statementMap).length === 0;
  return isMapped ? originals : { reason: "has nothing of what can run" };
}

function notice(root: string, file: string, { reason }: Unusable): Notice {
  const name = visibleName(path.relative(root, file));
  const words = reason.startsWith(",") ? reason : ` ${reason}`;
  return { level: "warning", file, message: `${name} is reported as Lua, as its source map${words}` };
}
