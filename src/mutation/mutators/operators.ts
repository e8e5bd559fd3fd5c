import type { BinaryExpression, Expression, Node } from "../../source/tree.js";
import { operatorBehind } from "./extent.js";
import type { Change, Mutator, Surroundings } from "./mutator.js";

/** `<` and the like: what they become, the boundary first. */
export const equalityOperator = replacing({
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["~="],
  "~=": ["=="],
});

const arithmetic = replacing({
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "//": ["*"],
  "%": ["*"],
  "^": ["*"],
});

/** What makes no difference is no mutant: `x + 0`, `x * 1`. */
export const arithmeticOperator: Mutator = (node, surroundings) =>
  arithmetic(node, surroundings).filter((change) => !isNeutral(node, change, surroundings));

export const bitwiseOperator = replacing({
  "&": ["|"],
  "|": ["&"],
  "~": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
});

/** `and` and `or`, one at a time. */
export const logicalOperator: Mutator = (node, { syntax }) => {
  if (node.type !== "LogicalExpression") return [];
  const other = node.operator === "and" ? "or" : "and";
  return node.operands.slice(0, -1).map((operand) => {
    const description = `${node.operator} became ${other}`;
    return { ...operatorBehind(syntax, operand), replacement: other, description };
  });
};

/** `-x` and `~x` without their operator. */
export const unaryOperator: Mutator = (node) => {
  if (node.type !== "UnaryExpression" || (node.operator !== "-" && node.operator !== "~")) return [];
  const end = node.start + node.operator.length;
  return [{ start: node.start, end, replacement: "", description: `removed ${node.operator}` }];
};

function replacing(table: Readonly<Record<string, readonly string[]>>): Mutator {
  return (node, { syntax }) => {
    if (node.type !== "BinaryExpression") return [];
    return node.operators.flatMap((operator, index) => {
      const operand = node.operands[index];
      const others = Object.hasOwn(table, operator) ? table[operator] : undefined;
      if (operand === undefined || others === undefined) return [];
      const place = operatorBehind(syntax, operand);
      return others.map((other) => ({
        ...place,
        replacement: other,
        description: `${operator} became ${other}`,
      }));
    });
  };
}

function isNeutral(node: Node, { start }: Change, { syntax }: Surroundings): boolean {
  if (node.type !== "BinaryExpression") return false;
  const index = node.operands.findIndex((operand) => operatorBehind(syntax, operand).start === start);
  const operator = node.operators[index] ?? "";
  return isLiteral(node, index + 1, syntax, "+-".includes(operator) ? "0" : "1", operator);
}

/** Whether an operand is the number that an operator and its opposite do the same with. */
function isLiteral(
  { operands }: BinaryExpression,
  index: number,
  syntax: Surroundings["syntax"],
  number: string,
  operator: string,
): boolean {
  const operand: Expression | undefined = operands[index];
  const isOfPair = operator === "+" || operator === "-" || operator === "*" || operator === "/";
  return isOfPair && operand?.type === "NumericLiteral" && syntax.text(operand) === number;
}
