import { packedIn, putPacked } from "../../coverage/packed/packedMap.js";
import { visible, visibleName } from "../../files/visible.js";
import type { CoverageMapData, FileCoverageData } from "../../types.js";

/** A coverage map whose names fit on a line and into UTF-8, and whose files they are. */
export interface ShownMap {
  readonly coverage: CoverageMapData;
  /** The path of a file by the one that is shown. */
  readonly pathOf: (shown: string) => string;
}

/** Most names are shown as they are; for what else there is, see `visibleName`. */
export function shownMap(coverage: CoverageMapData): ShownMap {
  const paths = new Map<string, string>();
  const shown: CoverageMapData = {};
  for (const name of changedLast(coverage)) {
    const packed = packedIn(coverage, name);
    const file = packed ?? coverage[name];
    if (file === undefined) continue;
    const path = freeName(visibleName(file.path), paths);
    paths.set(path, file.path);
    if (packed !== null) putPacked(shown, { ...packed, path, names: packed.names.map(visible) });
    else if ("s" in file) shown[path] = { ...file, path, fnMap: shownFunctions(file) };
  }
  return { coverage: shown, pathOf: (path) => paths.get(path) ?? path };
}

/** A name may be just what another one is shown as: the one that is changed anyway gives way. */
function changedLast(coverage: CoverageMapData): readonly string[] {
  const isChanged = (name: string) => {
    const path = packedIn(coverage, name)?.path ?? coverage[name]?.path ?? name;
    return visibleName(path) !== path;
  };
  const names = Object.keys(coverage);
  return [...names.filter((name) => !isChanged(name)), ...names.filter(isChanged)];
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  return taken.has(name) ? freeName(`${name}~`, taken) : name;
}

/** A function may be named by any text: `["\n"] = function() end`. */
function shownFunctions({ fnMap }: FileCoverageData): FileCoverageData["fnMap"] {
  const entries = Object.entries(fnMap).map(([key, each]) => [key, { ...each, name: visible(each.name) }]);
  return Object.fromEntries(entries);
}
