import { createRequire } from "node:module";
import path from "node:path";
import type { TraceMap } from "@jridgewell/trace-mapping";
import { isFile } from "../files/files.js";
import type { MapText, Unusable } from "./mapText.js";

const require = createRequire(import.meta.url);

/** What reads maps: nearly nobody has any. */
export function traceMapping(): typeof import("@jridgewell/trace-mapping") {
  return require("@jridgewell/trace-mapping");
}

/** A map, and where its sources are. */
export interface SourceMap {
  readonly map: TraceMap;
  /** The absolute path of each source of the map, by its index. */
  readonly sources: readonly string[];
}

/** A source map of version 3, of sources that are there. */
export function sourceMapIn({ text, place }: MapText): SourceMap | Unusable {
  const map = traceMap(text);
  if (map === null) return { reason: "is no source map of version 3" };
  const sources = map.resolvedSources.map((name) => path.resolve(path.dirname(place), name));
  const gone = sources.find((each) => !isFile(each));
  return gone === undefined ? { map, sources } : { reason: `is of ${gone}, which is not there` };
}

function traceMap(text: string): TraceMap | null {
  try {
    const value: unknown = JSON.parse(text);
    const isMap = typeof value === "object" && value !== null && "version" in value && value.version === 3;
    return isMap ? new (traceMapping().TraceMap)(text) : null;
  } catch {
    return null;
  }
}
