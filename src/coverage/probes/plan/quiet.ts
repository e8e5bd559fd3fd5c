import { arithmetic, type Numbers } from "../../../source/numbers.js";
import type { BinaryExpression, Expression, TableField } from "../../../source/tree.js";

/** Whether an expression always comes to its end. */
export type IsQuiet = (expression: Expression) => boolean;

/**
 * An expression always comes to its end if it calls nothing and looks nothing up that could raise or yield: it is made
 * of constants, locals and numbers. Even `==` may call a metamethod, with LuaJIT's cdata whatever the other side is.
 */
export function createIsQuiet(numbers: Numbers): IsQuiet {
  const isQuiet: IsQuiet = (expression) => {
    switch (expression.type) {
      case "NilLiteral":
      case "BooleanLiteral":
      case "NumericLiteral":
      case "StringLiteral":
      case "VarargLiteral":
      case "FunctionDeclaration":
        return true;
      case "Identifier":
        return expression.variable !== null;
      case "UnaryExpression":
        return expression.operator === "not" ? isQuiet(expression.argument) : numbers.isNumber(expression);
      case "BinaryExpression":
        return isQuietOperation(expression);
      case "LogicalExpression":
        return expression.operands.every(isQuiet);
      case "TableConstructor":
        return expression.fields.every(isQuietField);
      default:
        return false;
    }
  };

  /** Integers cannot be divided by 0. */
  function isQuietOperation({ operators, operands }: BinaryExpression): boolean {
    const isWhole = operators.every((operator, index) => {
      const divisor = operands[index + 1];
      if (operator !== "%" && operator !== "//") return true;
      return divisor !== undefined && numbers.isNonZero(divisor);
    });
    return isWhole && operators.every(isKnown) && operands.every(isQuietNumber);
  }

  function isQuietNumber(expression: Expression): boolean {
    return numbers.isNumber(expression) && isQuiet(expression);
  }

  function isQuietField(field: TableField): boolean {
    if (field.type !== "TableKey") return isQuiet(field.value);
    return isSafeKey(field.key) && isQuiet(field.value);
  }

  return isQuiet;
}

/** Arithmetic, and one comparison: what that gives is no number. */
function isKnown(operator: string, _index: number, { length }: readonly string[]): boolean {
  return arithmetic.includes(operator) || (length === 1 && comparisons.includes(operator));
}

const comparisons: readonly string[] = ["==", "~=", "<", "<=", ">", ">="];

/** A key must not be nil, nor NaN. */
export function isSafeKey({ type }: Expression): boolean {
  return type === "NumericLiteral" || type === "StringLiteral" || type === "BooleanLiteral";
}
