import type { FileCoverageData } from "../types.js";
import { luaText } from "./misses/luaText.js";
import { findMisses } from "./misses/misses.js";
import { sourceText } from "./misses/sourceText.js";

/** What never happened at one place, in words: `"x == nil" was never true`. */
export interface Partial {
  readonly line: number;
  readonly text: string;
}

/**
 * The branches of a file that did not go all of their ways, and the operands that were not all that they may be, as far
 * as what is around them ran. Where the file no longer is what was measured, the text of a condition is left out.
 */
export function findPartials(file: FileCoverageData, source: Uint8Array): Partial[] {
  const text = sourceText(Buffer.from(source).toString("utf8"));
  const misses = findMisses({ file, text, lua: luaText(text) });
  return misses
    .filter(({ kind }) => kind === "branch" || kind === "operand")
    .map(({ line, words }) => ({ line, text: words }));
}
