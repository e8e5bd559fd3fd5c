import type { MutatorName } from "../mutatorNames.js";
import { booleanLiteral, conditionalExpression, nilGuard } from "./conditions.js";
import { arrayDeclaration, numberLiteral, objectLiteral, stringLiteral } from "./literals.js";
import type { Mutator } from "./mutator.js";
import {
  arithmeticOperator,
  bitwiseOperator,
  equalityOperator,
  logicalOperator,
  unaryOperator,
} from "./operators.js";
import { argumentOrder, blockStatement, callStatement, loopBoundary, returnValue } from "./statements.js";

/** All of them, by name. */
export const mutators: Readonly<Record<MutatorName, Mutator>> = {
  ArithmeticOperator: arithmeticOperator,
  ArgumentOrder: argumentOrder,
  ArrayDeclaration: arrayDeclaration,
  BitwiseOperator: bitwiseOperator,
  BlockStatement: blockStatement,
  BooleanLiteral: booleanLiteral,
  CallStatement: callStatement,
  ConditionalExpression: conditionalExpression,
  EqualityOperator: equalityOperator,
  LogicalOperator: logicalOperator,
  LoopBoundary: loopBoundary,
  NilGuard: nilGuard,
  NumberLiteral: numberLiteral,
  ObjectLiteral: objectLiteral,
  ReturnValue: returnValue,
  StringLiteral: stringLiteral,
  UnaryOperator: unaryOperator,
};
