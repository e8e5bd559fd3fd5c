import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { openCache } from "../cache/cache.js";
import type { Analysed, AnalysisRequest } from "./request.js";

/** What came of the last analysis of each file: the same text with the same counts comes to the same again. */
export interface AnalysisCache {
  find(request: AnalysisRequest): Analysed | null;
  keep(request: AnalysisRequest, analysed: Analysed): void;
}

export function openAnalysisCache(root: string): AnalysisCache {
  const cache = openCache(root, "analyses");
  return {
    find: (request) => {
      const content = cache.find(keyOf(request), partsOf(request));
      return content === null ? null : deserialize(content);
    },
    keep: (request, analysed) => cache.keep(keyOf(request), partsOf(request), serialize(analysed)),
  };
}

/** A file has one entry, which the next one takes the place of: what ran changes from run to run. */
function keyOf({ path }: AnalysisRequest): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 32);
}

function partsOf({ source, ...others }: AnalysisRequest): readonly Uint8Array[] {
  return [source, serialize(others)];
}
