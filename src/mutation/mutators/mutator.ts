import type { Syntax } from "../../source/syntax.js";
import type { Node, Span } from "../../source/tree.js";

/** What stands in place of a part of a text: a character for each byte. */
export interface Change extends Span {
  readonly replacement: string;
  /** What was done, in words. */
  readonly description: string;
  /** Where the statement is whose tests it concerns, if not around it. */
  readonly within?: number;
}

/** Where a node is. */
export interface Surroundings {
  readonly syntax: Syntax;
  /** The nodes around it, the innermost last. */
  readonly around: readonly Node[];
}

/** Gives the changes that a node is for; none for most. What they leave must be Lua, in whatever Lua the text is. */
export type Mutator = (node: Node, surroundings: Surroundings) => readonly Change[];

/** The innermost node around. */
export function parentOf({ around }: Surroundings): Node | null {
  return around.at(-1) ?? null;
}
