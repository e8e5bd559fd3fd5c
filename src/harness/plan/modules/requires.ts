import type { CallSuffix, Node } from "../../../source/tree.js";

/** The name of the module that a call requires, by itself or in `pcall(require, "m")`; null for anything else. */
export function requiredModule(node: Node): string | null {
  const call = firstCall(node);
  if (call === null || node.type !== "SuffixedExpression") return null;
  const [first, second] = call.arguments;
  if (isRequire(node.base)) return textOf(first);
  return isProtectedRequire(node) ? textOf(second) : null;
}

/** Whether a node is a call `pcall(require, ...)`, whose second result is the module. */
export function isProtectedRequire(node: Node): boolean {
  const call = firstCall(node);
  if (call === null || node.type !== "SuffixedExpression") return false;
  return nameOf(node.base) === "pcall" && isRequire(call.arguments[0]);
}

function firstCall(node: Node): CallSuffix | null {
  const first = node.type === "SuffixedExpression" ? node.suffixes[0] : undefined;
  return first?.type === "CallSuffix" && first.method === null ? first : null;
}

/** The name of a variable, null for any other node. */
export function nameOf(node: Node | null | undefined): string | null {
  return node?.type === "Identifier" ? node.name : null;
}

/** The value of a string, null for any other node. */
export function textOf(node: Node | undefined): string | null {
  return node?.type === "StringLiteral" ? node.value : null;
}

function isRequire(node: Node | undefined): boolean {
  return nameOf(node) === "require";
}
