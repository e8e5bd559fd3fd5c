import { createOriginalLines } from "../../../remap/testPlaces.js";
import { withOriginals } from "../../../remap/texts.js";
import type { Config, Place, TestResult } from "../../../types.js";
import { excerpt, existing } from "./excerpt.js";

/** A result as it is shown; `loaded` are files that its texts may name in short. */
export type Shown = (result: TestResult, loaded: readonly string[]) => TestResult;

/**
 * Shows results by what people have written, where the Lua of tests has source maps. What is kept of results is of the Lua that ran, since
 * a map may change without it.
 */
export function createShown({ sourceMap }: Pick<Config, "sourceMap">): Shown {
  if (!sourceMap) return (result) => result;
  const lines = createOriginalLines();
  const placeOf = (place: Place | null) =>
    place === null ? null : (lines.at(place.file, place.line) ?? place);
  return (result, loaded) => {
    const find = (name: string, line: number) => {
      const file = existing(name, loaded);
      return file === null ? null : lines.at(file, line);
    };
    const failedAt = placeOf(result.failedAt);
    return {
      ...result,
      place: placeOf(result.place),
      failedAt,
      excerpt: failedAt === null || failedAt === result.failedAt ? result.excerpt : excerpt(failedAt),
      message: withOriginals(result.message, find),
      traceback: withOriginals(result.traceback, find),
    };
  };
}
