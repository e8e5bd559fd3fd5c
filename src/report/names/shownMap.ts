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
  const shown = changedLast(Object.values(coverage)).map((file) => {
    const path = freeName(visibleName(file.path), paths);
    paths.set(path, file.path);
    return [path, { ...file, path, fnMap: shownFunctions(file) }] as const;
  });
  return { coverage: Object.fromEntries(shown), pathOf: (path) => paths.get(path) ?? path };
}

/** A name may be just what another one is shown as: the one that is changed anyway gives way. */
function changedLast(files: readonly FileCoverageData[]): readonly FileCoverageData[] {
  const isChanged = ({ path }: FileCoverageData) => visibleName(path) !== path;
  return [...files.filter((file) => !isChanged(file)), ...files.filter(isChanged)];
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  return taken.has(name) ? freeName(`${name}~`, taken) : name;
}

/** A function may be named by any text: `["\n"] = function() end`. */
function shownFunctions({ fnMap }: FileCoverageData): FileCoverageData["fnMap"] {
  const entries = Object.entries(fnMap).map(([key, each]) => [key, { ...each, name: visible(each.name) }]);
  return Object.fromEntries(entries);
}
