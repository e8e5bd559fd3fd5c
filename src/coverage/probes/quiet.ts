import type { Names } from "../../source/names.js";
import type { Expression, TableField } from "../../source/tree.js";

/**
 * Whether an expression always comes to its end: it calls nothing, looks nothing up that could raise or yield, and
 * works nothing out. Even `==` may call a metamethod, with LuaJIT's cdata whatever the other side is.
 */
export function isQuiet(names: Names, expression: Expression): boolean {
  switch (expression.type) {
    case "NilLiteral":
    case "BooleanLiteral":
    case "NumericLiteral":
    case "StringLiteral":
    case "VarargLiteral":
    case "FunctionDeclaration":
      return true;
    case "Identifier":
      return names.variable(expression) !== undefined;
    case "UnaryExpression":
      return (
        (expression.operator === "not" && isQuiet(names, expression.argument)) ||
        (expression.operator === "-" && expression.argument.type === "NumericLiteral")
      );
    case "LogicalExpression":
      return expression.operands.every((each) => isQuiet(names, each));
    case "TableConstructor":
      return expression.fields.every((field) => isQuietField(names, field));
    default:
      return false;
  }
}

/** A key must not be nil, nor NaN. */
function isQuietField(names: Names, field: TableField): boolean {
  if (field.type !== "TableKey") return isQuiet(names, field.value);
  return isSafeKey(field.key) && isQuiet(names, field.value);
}

export function isSafeKey({ type }: Expression): boolean {
  return type === "NumericLiteral" || type === "StringLiteral" || type === "BooleanLiteral";
}
