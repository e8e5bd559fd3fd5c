import { findFunctions, type NamedFunction } from "../../source/functions.js";
import type { Syntax } from "../../source/syntax.js";
import { firstTokenAt } from "../../source/tokens.js";

/**
 * A function of a text, from the parenthesis of its parameters to its end, or all of the text. What stands in functions within it is
 * theirs; its own tokens have a mark in place of each.
 */
export interface FunctionPart {
  readonly start: number;
  readonly end: number;
  readonly outer: FunctionPart | null;
  readonly texts: readonly string[];
  /** Where each of these begins. */
  readonly offsets: readonly number[];
  readonly inner: readonly FunctionPart[];
}

interface Growing extends FunctionPart {
  readonly outer: Growing | null;
  readonly texts: string[];
  readonly offsets: number[];
  readonly inner: Growing[];
}

const mark = "function(…)";

/** The main function of a text, with all others in it. Comments and blanks are no part of them. */
export function functionTree(syntax: Syntax): FunctionPart {
  const { tokens } = syntax;
  const spans = findFunctions(syntax).map((fn) => spanOf(fn, syntax));
  const main = begun(0, Number.POSITIVE_INFINITY, null);
  let current = main;
  let next = 0;
  for (let index = 0; index < tokens.length; index++) {
    const [start, end] = [tokens.start(index), tokens.end(index)];
    while (start >= current.end && current.outer !== null) current = current.outer;
    const span = spans[next];
    if (span !== undefined && span.start === start) {
      add(current, mark, start);
      const inner = begun(span.start, span.end, current);
      current.inner.push(inner);
      current = inner;
      next++;
    }
    add(current, syntax.text({ start, end }), start);
  }
  return main;
}

/** The innermost function around an offset. */
export function functionAt(main: FunctionPart, offset: number): FunctionPart {
  const inner = main.inner.find(({ start, end }) => start <= offset && offset < end);
  return inner === undefined ? main : functionAt(inner, offset);
}

function begun(start: number, end: number, outer: Growing | null): Growing {
  return { start, end, outer, texts: [], offsets: [], inner: [] };
}

function add(part: Growing, text: string, offset: number): void {
  part.texts.push(text);
  part.offsets.push(offset);
}

/** Its name belongs to whoever declares it. */
function spanOf(
  { node }: NamedFunction,
  { tokens }: Syntax,
): { readonly start: number; readonly end: number } {
  let index = firstTokenAt(tokens, node.identifier?.end ?? node.start);
  while (index < tokens.length && tokens.symbol(index) !== "(") index++;
  return { start: tokens.start(index), end: node.end };
}
