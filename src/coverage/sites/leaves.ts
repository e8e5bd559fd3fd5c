import { constantValue } from "../../source/constants.js";
import type { Expression } from "../../source/tree.js";

/** Where evaluation goes on after an operand: to another one by its index, or out with what the whole is. */
export type Way = number | "true" | "false";

/** An operand that is tested, whatever `and`, `or` and `not` are around it. */
export interface Leaf {
  readonly expression: Expression;
  /** What a constant always is. */
  readonly constant: boolean | null;
  readonly whenTrue: Way;
  readonly whenFalse: Way;
  /** Whether its `and` or `or` comes right behind it: Lua reads that word before it takes the operand's value. */
  readonly beforeOperator: boolean;
  /** The truth with which evaluation leaves the way to the next operand, or to what a condition is for. */
  readonly leavesWhen: boolean;
}

/** The operands of a condition, or of an `and` or `or`, in the order in which they are evaluated. */
export function leavesOf(expression: Expression): readonly Leaf[] {
  const leaves: Leaf[] = [];
  addLeaves(leaves, expression, "true", "false", false, false);
  return leaves;
}

/** What a condition is of which every operand is a constant, else null. */
export function decidedValue(leaves: readonly Leaf[]): boolean | null {
  if (leaves.some(({ constant }) => constant === null)) return null;
  let way: Way = 0;
  while (typeof way === "number") {
    const leaf: Leaf | undefined = leaves[way];
    if (leaf === undefined) return null;
    way = leaf.constant === true ? leaf.whenTrue : leaf.whenFalse;
  }
  return way === "true";
}

/** Whether a constant only leads on, as in `true and x` and `nil or x`: no Lua looks at it. */
export function isIdle({ constant, leavesWhen }: Leaf): boolean {
  return constant !== null && constant !== leavesWhen;
}

/** Whether there is an operand whose truth makes no difference, as `x` in `x or true`. */
export function hasIdleOperand(leaves: readonly Leaf[], isCondition: boolean): boolean {
  const follow = (way: Way): Way => {
    const leaf = typeof way === "number" ? leaves[way] : undefined;
    const isPassed = leaf !== undefined && isIdle(leaf) && (isCondition || way !== leaves.length - 1);
    return isPassed ? follow(leaf.constant === true ? leaf.whenTrue : leaf.whenFalse) : way;
  };
  const last = isCondition ? leaves.length : leaves.length - 1;
  return leaves
    .slice(0, last)
    .some((leaf) => !isIdle(leaf) && follow(leaf.whenTrue) === follow(leaf.whenFalse));
}

function addLeaves(
  leaves: Leaf[],
  expression: Expression,
  whenTrue: Way,
  whenFalse: Way,
  beforeOperator: boolean,
  leavesWhen: boolean,
): void {
  if (isNot(expression)) {
    addLeaves(leaves, expression.argument, whenFalse, whenTrue, false, !leavesWhen);
    return;
  }
  if (expression.type !== "LogicalExpression") {
    const constant = constantValue(expression);
    leaves.push({ expression, constant, whenTrue, whenFalse, beforeOperator, leavesWhen });
    return;
  }
  const { operator, operands } = expression;
  const isAnd = operator === "and";
  for (const operand of operands.slice(0, -1)) {
    const next = leaves.length + countLeaves(operand);
    addLeaves(leaves, operand, isAnd ? next : whenTrue, isAnd ? whenFalse : next, true, !isAnd);
  }
  const last = operands.at(-1);
  if (last !== undefined) addLeaves(leaves, last, whenTrue, whenFalse, false, leavesWhen);
}

function countLeaves(expression: Expression): number {
  if (isNot(expression)) return countLeaves(expression.argument);
  if (expression.type !== "LogicalExpression") return 1;
  return expression.operands.reduce((sum, each) => sum + countLeaves(each), 0);
}

export function isNot(
  expression: Expression,
): expression is Extract<Expression, { type: "UnaryExpression" }> {
  return expression.type === "UnaryExpression" && expression.operator === "not";
}
