import { childrenOf, parseNewest } from "../../../source/syntax.js";
import type { Node, SuffixedExpression } from "../../../source/tree.js";
import { textOf } from "../modules/requires.js";
import { isSpecCall, specFunctionOf } from "./specRanges.js";

const tests = ["it", "spec", "test", "pending"];

/** The full names of the tests in a spec that its text has as they are; those that a program puts together are not among them. */
export function specNamesIn(source: Uint8Array): readonly string[] {
  const parsed = parseNewest(source);
  return parsed.ok ? parsed.syntax.body.flatMap((node) => namesIn(node, [])) : [];
}

function namesIn(node: Node, around: readonly string[]): string[] {
  if (node.type !== "SuffixedExpression" || !isSpecCall(node)) {
    return childrenOf(node).flatMap((child) => namesIn(child, around));
  }
  const name = nameIn(node);
  if (name === null) return [];
  const names = [...around, name];
  if (tests.includes(specFunctionOf(node) ?? "")) return [names.join(" ")];
  return childrenOf(node).flatMap((child) => namesIn(child, names));
}

function nameIn({ suffixes }: SuffixedExpression): string | null {
  const call = suffixes.find((suffix) => suffix.type === "CallSuffix");
  const text = call?.type === "CallSuffix" ? textOf(call.arguments[0]) : null;
  // Texts have a character for each byte.
  return text === null ? null : Buffer.from(text, "latin1").toString("utf8");
}
