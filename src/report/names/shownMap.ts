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
  const entries = Object.values(coverage).map((file) => {
    const shown = visibleName(file.path);
    paths.set(shown, file.path);
    return [shown, { ...file, path: shown, fnMap: shownFunctions(file) }] as const;
  });
  return { coverage: Object.fromEntries(entries), pathOf: (shown) => paths.get(shown) ?? shown };
}

/** A function may be named by any text: `["\n"] = function() end`. */
function shownFunctions({ fnMap }: FileCoverageData): FileCoverageData["fnMap"] {
  const entries = Object.entries(fnMap).map(([key, each]) => [key, { ...each, name: visible(each.name) }]);
  return Object.fromEntries(entries);
}
