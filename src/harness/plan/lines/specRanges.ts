import { createPositions } from "../../../source/positions.js";
import { childrenOf, parseNewest } from "../../../source/syntax.js";
import type { Node, SuffixedExpression } from "../../../source/tree.js";
import { nameOf } from "../modules/requires.js";
import { specFunctions } from "../specCalls.js";

/** Lines from one to another, counted from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The lines of the innermost test or block of a spec that has a line in it, by the text alone: null where there is none. What a
 * loop or a function registers there is all at these lines.
 */
export function specRangeAt(source: Uint8Array, line: number): LineRange | null {
  const around = specRanges(source).filter(({ first, last }) => first <= line && line <= last);
  return around.reduce<LineRange | null>(
    (inner, each) => (inner === null || size(each) <= size(inner) ? each : inner),
    null,
  );
}

function specRanges(source: Uint8Array): readonly LineRange[] {
  const parsed = parseNewest(source);
  if (!parsed.ok) return [];
  const { at } = createPositions(source);
  return parsed.syntax.body.flatMap(specCallsIn).map(({ start, end }) => {
    return { first: at(start).line, last: at(end).line };
  });
}

const size = ({ first, last }: LineRange) => last - first;

function specCallsIn(node: Node): SuffixedExpression[] {
  const below = childrenOf(node).flatMap(specCallsIn);
  return node.type === "SuffixedExpression" && isSpecCall(node) ? [node, ...below] : below;
}

export function isSpecCall(node: SuffixedExpression): boolean {
  return specFunctions.includes(specFunctionOf(node) ?? "");
}

/** What `it(…)` calls, or `busted.it(…)` by whatever name of the module; null for other expressions. */
export function specFunctionOf({ base, suffixes }: SuffixedExpression): string | null {
  const [first, second] = suffixes;
  if (first?.type === "CallSuffix") return nameOf(base);
  const member = first?.type === "MemberSuffix" ? nameOf(first.identifier) : null;
  return second?.type === "CallSuffix" ? member : null;
}
