import { comparisonOperators, constantValue, isArithmetic } from "../../source/constants.js";
import { forEachChild } from "../../source/syntax.js";
import { firstTokenAt, type Tokens, tokenBehind } from "../../source/tokens.js";
import type {
  BinaryExpression,
  Expression,
  LogicalExpression,
  Node,
  Span,
  Statement,
} from "../../source/tree.js";
import type { Condition, Leaf } from "./counts/conditions.js";

/** A test instruction and the token that the twin's line information names for it. */
export interface Test {
  readonly pc: number;
  readonly token: number;
}

/** The conditions of a function by their expression: those of clauses and loops, and and/or values. */
export type Conditions = ReadonlyMap<Expression, Condition>;

/** The outcome that a compiled condition jumps on; a constant that never has it gets no test (lcode.c). */
type JumpsOn = boolean;

interface Matching {
  readonly tests: readonly Test[];
  readonly tokens: Tokens;
  readonly conditions: Map<Expression, Condition>;
  /** Matches what is below a node whose value is used. */
  readonly visit: (child: Node) => void;
  next: number;
}

class Mismatch extends Error {}

/**
 * Matches the leaves of a function's conditions with its test instructions, one to one and in order, each
 * checked by the position of its tokens. Returns null when any leaf or test is left over.
 */
export function matchTests(
  body: readonly Statement[],
  tests: readonly Test[],
  tokens: Tokens,
): Conditions | null {
  const visit = (child: Node) => matchValue(matching, child);
  const matching: Matching = { tests, tokens, conditions: new Map(), visit, next: 0 };
  try {
    matchBlock(matching, body);
  } catch (error) {
    if (error instanceof Mismatch) return null;
    throw error;
  }
  return matching.next === tests.length ? matching.conditions : null;
}

function matchBlock(matching: Matching, body: readonly Statement[]): void {
  for (const statement of body) matchStatement(matching, statement);
}

function matchStatement(matching: Matching, statement: Statement): void {
  const { tokens } = matching;
  switch (statement.type) {
    case "IfStatement":
      for (const clause of statement.clauses) {
        if (clause.type !== "ElseClause") matchClause(matching, clause.condition);
        matchBlock(matching, clause.body);
      }
      return;
    case "WhileStatement":
      matchControl(matching, statement.condition, tokenBehind(tokens, statement.condition));
      matchBlock(matching, statement.body);
      return;
    case "RepeatStatement":
      matchBlock(matching, statement.body);
      matchControl(matching, statement.condition, firstTokenAt(tokens, statement.end) - 1);
      return;
    default:
      matchOthers(matching, statement);
  }
}

/** Statements without a condition of their own: their expressions, then their block. */
function matchOthers(matching: Matching, statement: Statement): void {
  switch (statement.type) {
    case "FunctionDeclaration":
      return;
    case "DoStatement":
      matchBlock(matching, statement.body);
      return;
    case "ForNumericStatement":
      matchValue(matching, statement.from);
      matchValue(matching, statement.limit);
      if (statement.step !== null) matchValue(matching, statement.step);
      matchBlock(matching, statement.body);
      return;
    case "ForGenericStatement":
      for (const iterator of statement.iterators) matchValue(matching, iterator);
      matchBlock(matching, statement.body);
      return;
    default:
      matchChildren(matching, statement);
  }
}

function matchChildren(matching: Matching, node: Node): void {
  forEachChild(node, matching.visit);
}

/** `if c then break` and `if c then goto l` jump when the condition is true, every other clause when not. */
function matchClause(matching: Matching, condition: Expression): void {
  const then = tokenBehind(matching.tokens, condition);
  const following = matching.tokens.symbol(then + 1);
  matchControl(matching, condition, then, following === "break" || following === "goto");
}

function matchControl(
  matching: Matching,
  condition: Expression,
  limit: number,
  jumpsOn: JumpsOn = false,
): void {
  matching.conditions.set(condition, control(matching, condition, jumpsOn, limit, 0));
}

/** An expression that control depends on. `negations` counts the `not`s that apply to its value. */
function control(
  matching: Matching,
  expression: Expression,
  jumpsOn: JumpsOn,
  limit: number,
  negations: number,
): Condition {
  if (expression.type === "UnaryExpression" && expression.operator === "not") {
    return { kind: "not", operand: control(matching, expression.argument, !jumpsOn, limit, negations + 1) };
  }
  if (expression.type === "LogicalExpression") {
    return chain(matching, expression, limit, (last) => control(matching, last, jumpsOn, limit, negations));
  }
  matchInside(matching, expression);
  const constant = constantValue(expression);
  return constant === null
    ? testedLeaf(matching, expression, limit, negations)
    : constantLeaf(matching, expression, constant, jumpsOn, limit);
}

/** A chain of `and` or `or`, whose last operand is what the whole of it is. */
function chain(
  matching: Matching,
  { operator, operands }: LogicalExpression,
  limit: number,
  matchLast: (last: Expression) => Condition,
): Condition {
  const last = operands.length - 1;
  const conditions = operands.map((operand, index) => {
    if (index === last) return matchLast(operand);
    const token = tokenBehind(matching.tokens, operand);
    if (token > limit) throw new Mismatch();
    return control(matching, operand, operator === "or", token, 0);
  });
  return { kind: operator, operands: conditions };
}

/** An and/or whose value is used: its last operand is tested only when it is a comparison. */
function logicalValue(matching: Matching, expression: Expression): Condition {
  if (expression.type === "UnaryExpression" && expression.operator === "not") {
    return { kind: "not", operand: logicalValue(matching, expression.argument) };
  }
  const limit = tokenBehind(matching.tokens, expression);
  if (expression.type === "LogicalExpression") {
    return chain(matching, expression, limit, (last) => logicalValue(matching, last));
  }
  matchInside(matching, expression);
  if (comparisonOperators(expression).length > 0) return testedLeaf(matching, expression, limit, 0);
  return { kind: "leaf", expression, test: null, inverted: false, constant: constantValue(expression) };
}

/** Finds the conditions inside an expression whose value is used. */
function matchValue(matching: Matching, node: Node): void {
  switch (node.type) {
    case "FunctionDeclaration":
      return;
    case "LogicalExpression":
      matching.conditions.set(node, logicalValue(matching, node));
      return;
    case "BinaryExpression":
      matchInside(matching, node);
      if (comparisonOperators(node).length > 0)
        testedLeaf(matching, node, tokenBehind(matching.tokens, node), 0);
      return;
    default:
      matchChildren(matching, node);
  }
}

/** Finds the conditions in the operands of an expression. */
function matchInside(matching: Matching, expression: Expression): void {
  if (expression.type === "FunctionDeclaration") return;
  const isChain = expression.type === "BinaryExpression" && comparisonOperators(expression).length > 1;
  if (isChain) matchComparisons(matching, expression);
  else matchChildren(matching, expression);
}

/** `a == b == c` compares the value of `a == b`. */
function matchComparisons(matching: Matching, { start, operands }: BinaryExpression): void {
  for (const [index, operand] of operands.entries()) {
    matchValue(matching, operand);
    if (index === 0 || index === operands.length - 1) continue;
    const compared = { start, end: operand.end };
    if (takeTest(matching, compared, tokenBehind(matching.tokens, compared)) === null) throw new Mismatch();
  }
}

function testedLeaf(matching: Matching, expression: Expression, limit: number, negations: number): Leaf {
  const test = takeTest(matching, expression, limit);
  if (test === null) throw new Mismatch();
  // A comparison takes up any number of `not`s. Of those on another value, the test takes up the last one.
  const operator = comparisonOperators(expression).at(-1);
  const inverted = operator === undefined ? negations > 0 && negations % 2 === 0 : operator === "~=";
  return { kind: "leaf", expression, test, inverted, constant: null };
}

function constantLeaf(
  matching: Matching,
  expression: Expression,
  constant: boolean,
  jumpsOn: JumpsOn,
  limit: number,
): Leaf {
  const hasTest = constant === jumpsOn;
  // Whether arithmetic was folded into a constant, only the code tells.
  const test = hasTest || isArithmetic(expression) ? takeTest(matching, expression, limit) : null;
  if (hasTest && test === null) throw new Mismatch();
  return { kind: "leaf", expression, test, inverted: false, constant };
}

/** Takes the next test if it lies between the first token of a span and the token at `limit`. */
function takeTest(matching: Matching, { start }: Span, limit: number): number | null {
  const test = matching.tests[matching.next];
  const first = firstTokenAt(matching.tokens, start);
  if (test === undefined || test.token < first || test.token > limit) return null;
  matching.next++;
  return test.pc;
}
