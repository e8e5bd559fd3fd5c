import { reachOf } from "./covered.js";
import type { RecordedFile } from "./record/record.js";
import type { SourceNow } from "./sourceNow.js";
import type { FunctionPart } from "./text/functionTree.js";

/**
 * Whether a test file may see that functions of a source stand on other lines: by asking for lines; by asking what runs, if it runs
 * one of them; or by an error that it caught, if one of them ran and could have raised it. A main chunk that
 * came to its end has raised none, unless somebody else has in its name.
 */
export function seesMoved(
  known: RecordedFile,
  source: number,
  now: SourceNow,
  moved: readonly FunctionPart[],
): boolean {
  const { seesLines, seesStack, seesErrors, raisesFar } = known.signs;
  if (moved.length === 0 || !(seesLines || seesStack || seesErrors)) return false;
  const runs = (count: number) => reachOf(known, source, count) !== null;
  const isOnStack = (part: FunctionPart) => {
    const calls = now.callsOf(part);
    if (calls !== null) return runs(calls);
    const hasEnded = part.outer === null && now.last !== null && runs(now.last);
    return seesStack || raisesFar || !hasEnded;
  };
  return seesLines || moved.some(isOnStack);
}
