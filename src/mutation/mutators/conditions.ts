import { firstTokenAt } from "../../source/tokens.js";
import type { Expression, Node } from "../../source/tree.js";
import { operatorBehind } from "./extent.js";
import type { Change, Mutator } from "./mutator.js";

/** A condition that always holds, or never: of a loop the one that ends it. */
export const conditionalExpression: Mutator = (node) => {
  switch (node.type) {
    case "IfClause":
      return constant(node.condition, ["true", "false"], "the condition");
    case "WhileStatement":
      return constant(node.condition, ["false"], "the condition of the loop");
    case "RepeatStatement":
      return constant(node.condition, ["true"], "the end of the loop");
    default:
      return [];
  }
};

function constant(condition: Expression, values: readonly string[], what: string): Change[] {
  if (condition.type === "BooleanLiteral" || condition.type === "NilLiteral") return [];
  const { start, end } = condition;
  return values.map((value) => ({
    start,
    end,
    replacement: value,
    description: `${what} is always ${value}`,
  }));
}

/** `true` and `false`, and `not`. */
export const booleanLiteral: Mutator = (node) => {
  const { start, end } = node;
  if (node.type === "BooleanLiteral") {
    const other = String(!node.value);
    return [{ start, end, replacement: other, description: `${node.value} became ${other}` }];
  }
  if (node.type !== "UnaryExpression" || node.operator !== "not") return [];
  return [{ start, end: start + "not".length, replacement: "", description: "removed not" }];
};

/**
 * Values that look after nil: `x or default` without the default, `x and x.y` without the guard. In conditions that is what
 * `and` and `or` are for, which have changes of their own.
 */
export const nilGuard: Mutator = (node, surroundings) => {
  if (node.type !== "LogicalExpression" || isCondition(node, surroundings.around)) return [];
  const { syntax } = surroundings;
  const { operands, operator } = node;
  if (operator === "and") {
    const [first] = operands;
    if (first === undefined) return [];
    const { end } = operatorBehind(syntax, first);
    const next = syntax.tokens.start(firstTokenAt(syntax.tokens, end));
    return [{ start: node.start, end: next, replacement: "", description: "removed the guard before and" }];
  }
  const kept = operands.at(-2);
  if (kept === undefined) return [];
  const place = operatorBehind(syntax, kept);
  const start = syntax.tokens.end(firstTokenAt(syntax.tokens, place.start) - 1);
  return [{ start, end: node.end, replacement: "", description: "removed the default behind or" }];
};

/** Whether all that matters of an expression is whether it holds. */
function isCondition(node: Node, around: readonly Node[]): boolean {
  let inner = node;
  for (const outer of around.toReversed()) {
    const isPart =
      outer.type === "LogicalExpression" || (outer.type === "UnaryExpression" && outer.operator === "not");
    if (!isPart) return "condition" in outer && outer.condition === inner;
    inner = outer;
  }
  return false;
}
