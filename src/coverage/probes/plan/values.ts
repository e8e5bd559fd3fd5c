import type { Expression, Suffix, TableField } from "../../../source/tree.js";
import type { Figure } from "./figures.js";
import { planOperands } from "./operands.js";
import { type Planning, planExpressions } from "./planning.js";
import { isSafeKey } from "./quiet.js";
import { settleOperands } from "./settle.js";

/** See `Planning.planExpression`. */
export function planExpression(
  planning: Planning,
  expression: Expression,
  reached: Figure | null,
): Figure | null {
  switch (expression.type) {
    case "FunctionDeclaration":
      planning.planFunction(expression);
      return reached;
    case "LogicalExpression":
      settleOperands(planning, planOperands(planning, expression, reached, false), null);
      return planning.isQuiet(expression) ? reached : null;
    case "TableConstructor":
      return planFields(planning, expression.fields, reached);
    case "UnaryExpression":
      planExpression(planning, expression.argument, reached);
      return planning.isQuiet(expression) ? reached : null;
    case "BinaryExpression":
      planExpressions(planning, expression.operands, reached);
      return planning.isQuiet(expression) ? reached : null;
    case "SuffixedExpression":
      planSuffixes(planning, expression.suffixes, planExpression(planning, expression.base, reached));
      return null;
    default:
      return planning.isQuiet(expression) ? reached : null;
  }
}

/** Lua keeps up to 50 values of a table in registers before it stores them. */
function planFields(planning: Planning, fields: readonly TableField[], reached: Figure | null) {
  const { registers } = planning;
  let known = reached;
  for (const [index, field] of fields.entries()) {
    planning.registers = registers + 1 + (index % 50);
    known = planField(planning, field, known);
  }
  planning.registers = registers;
  return known;
}

function planField(planning: Planning, field: TableField, reached: Figure | null): Figure | null {
  if (field.type !== "TableKey") return planExpression(planning, field.value, reached);
  const known = planExpression(planning, field.key, reached);
  const value = planExpression(planning, field.value, known);
  return isSafeKey(field.key) ? value : null;
}

/** Fields, indices and calls behind a value; what is called and its object have registers, too. */
export function planSuffixes(planning: Planning, suffixes: readonly Suffix[], reached: Figure | null): void {
  const { registers } = planning;
  planning.registers += 2;
  let known = reached;
  for (const suffix of suffixes) {
    if (suffix.type === "IndexSuffix") planExpression(planning, suffix.index, known);
    if (suffix.type === "CallSuffix") {
      planExpressions(planning, suffix.arguments, suffix.method === null ? known : null);
    }
    known = null;
  }
  planning.registers = registers;
}
