import type { Positions } from "../../source/positions.js";
import type { FunctionDeclaration } from "../../source/tree.js";

/** How a debug hook knows a function, null for the main one: by its first and last line. */
export function placeOf(fn: FunctionDeclaration | null, positions: Positions): string {
  return fn === null ? "main" : `${positions.at(fn.start).line}-${positions.at(fn.end - 1).line}`;
}
