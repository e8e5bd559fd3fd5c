import type { Expression } from "luaparse";

/** How an expression can come out. */
export interface Outcomes {
  readonly truthy: boolean;
  readonly falsy: boolean;
}

/** Whether a literal, or arithmetic over numerals, is true; null for what has to be tested. */
export function constantTruth(expression: Expression, folds = true): boolean | null {
  switch (expression.type) {
    case "NilLiteral":
      return false;
    case "BooleanLiteral":
      return expression.value;
    case "NumericLiteral":
    case "StringLiteral":
      return true;
    default:
      return folds && isArithmetic(expression) ? true : null;
  }
}

/** What a condition can be, as far as its constants say. */
export function outcomesOf(expression: Expression): Outcomes {
  if (expression.type === "UnaryExpression" && expression.operator === "not") {
    return inverse(outcomesOf(expression.argument));
  }
  if (expression.type === "LogicalExpression") {
    const [left, right] = [outcomesOf(expression.left), outcomesOf(expression.right)];
    return expression.operator === "and" ? both(left, right) : inverse(both(inverse(left), inverse(right)));
  }
  const constant = constantTruth(expression);
  return { truthy: constant !== false, falsy: constant !== true };
}

/** Whether a condition is a true literal, or a false one after `not`: that no Lua tests. */
export function isLiteralTruth(expression: Expression, wanted = true): boolean {
  if (expression.type === "UnaryExpression" && expression.operator === "not") {
    return isLiteralTruth(expression.argument, !wanted);
  }
  return constantTruth(expression, false) === wanted;
}

export function isComparison(expression: Expression): boolean {
  return (
    expression.type === "BinaryExpression" && ["==", "~=", "<", "<=", ">", ">="].includes(expression.operator)
  );
}

function both(left: Outcomes, right: Outcomes): Outcomes {
  return { truthy: left.truthy && right.truthy, falsy: left.falsy || (left.truthy && right.falsy) };
}

function inverse({ truthy, falsy }: Outcomes): Outcomes {
  return { truthy: falsy, falsy: truthy };
}

function isArithmetic(expression: Expression): boolean {
  if (expression.type === "NumericLiteral") return true;
  if (expression.type === "UnaryExpression") {
    return ["-", "~"].includes(expression.operator) && isArithmetic(expression.argument);
  }
  if (expression.type !== "BinaryExpression" || expression.operator === ".." || isComparison(expression)) {
    return false;
  }
  return isArithmetic(expression.left) && isArithmetic(expression.right);
}
