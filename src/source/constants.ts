import type { Expression, Node } from "./syntax.js";

const comparisons: readonly string[] = ["==", "~=", "<", "<=", ">", ">="];

/** The operator of a comparison; null for every other expression. */
export function comparisonOperator(expression: Node): string | null {
  return expression.type === "BinaryExpression" && comparisons.includes(expression.operator)
    ? expression.operator
    : null;
}

/** Whether an expression is true or false whatever happens, or null when that has to be tested. */
export function constantValue(expression: Expression): boolean | null {
  switch (expression.type) {
    case "NilLiteral":
      return false;
    case "BooleanLiteral":
      return expression.value;
    case "NumericLiteral":
    case "StringLiteral":
      return true;
    default:
      return isNumeral(expression) ? true : null;
  }
}

/** Arithmetic over numerals, which the compiler folds unless the result has no exact constant (`1/0`). */
export function isArithmetic(expression: Expression): boolean {
  return expression.type !== "NumericLiteral" && isNumeral(expression);
}

function isNumeral(expression: Expression): boolean {
  if (expression.type === "NumericLiteral") return true;
  if (expression.type === "UnaryExpression") {
    return (expression.operator === "-" || expression.operator === "~") && isNumeral(expression.argument);
  }
  if (expression.type !== "BinaryExpression" || expression.operator === "..") return false;
  if (comparisonOperator(expression) !== null) return false;
  return isNumeral(expression.left) && isNumeral(expression.right);
}
