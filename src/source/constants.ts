import type { Expression, Node } from "./tree.js";

const comparisons: readonly string[] = ["==", "~=", "<", "<=", ">", ">="];

/** The operators of a comparison, or of several one after the other; none for every other expression. */
export function comparisonOperators(expression: Node): readonly string[] {
  if (expression.type !== "BinaryExpression") return [];
  const [first = ""] = expression.operators;
  return comparisons.includes(first) ? expression.operators : [];
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
  if (expression.type !== "BinaryExpression" || expression.operators[0] === "..") return false;
  return comparisonOperators(expression).length === 0 && expression.operands.every(isNumeral);
}
