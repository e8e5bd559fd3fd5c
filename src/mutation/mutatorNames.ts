/** What kinds of changes there are: Stryker's names where it has them, Lua's own words where it has none. */
export const mutatorNames = [
  "ArithmeticOperator",
  "ArgumentOrder",
  "ArrayDeclaration",
  "BitwiseOperator",
  "BlockStatement",
  "BooleanLiteral",
  "CallStatement",
  "ConditionalExpression",
  "EqualityOperator",
  "LogicalOperator",
  "LoopBoundary",
  "NilGuard",
  "NumberLiteral",
  "ObjectLiteral",
  "ReturnValue",
  "StringLiteral",
  "UnaryOperator",
] as const;

export type MutatorName = (typeof mutatorNames)[number];

export function isMutatorName(name: string): name is MutatorName {
  return mutatorNames.some((each) => each === name);
}
