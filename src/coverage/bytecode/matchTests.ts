import { comparisonOperator, constantValue, isArithmetic } from "../../source/constants.js";
import {
  childrenOf,
  type Expression,
  type Node,
  type Statement,
  spanOf,
  type Token,
} from "../../source/syntax.js";
import { firstTokenAt, tokenBehind } from "../../source/tokens.js";
import type { Condition, Leaf } from "./conditions.js";

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
  readonly tokens: readonly Token[];
  readonly conditions: Map<Expression, Condition>;
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
  tokens: readonly Token[],
): Conditions | null {
  const matching: Matching = { tests, tokens, conditions: new Map(), next: 0 };
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
      matchControl(matching, statement.condition, tokenBehind(tokens, spanOf(statement.condition)));
      matchBlock(matching, statement.body);
      return;
    case "RepeatStatement":
      matchBlock(matching, statement.body);
      matchControl(matching, statement.condition, firstTokenAt(tokens, spanOf(statement).end) - 1);
      return;
    default:
      matchOthers(matching, statement);
  }
}

/** Statements without a condition of their own: their expressions, then their block. */
function matchOthers(matching: Matching, statement: Statement): void {
  if (statement.type === "FunctionDeclaration") return;
  const body = "body" in statement ? statement.body : [];
  const statements = new Set<Node>(body);
  for (const child of childrenOf(statement)) if (!statements.has(child)) matchValue(matching, child);
  matchBlock(matching, body);
}

/** `if c then break` and `if c then goto l` jump when the condition is true, every other clause when not. */
function matchClause(matching: Matching, condition: Expression): void {
  const then = tokenBehind(matching.tokens, spanOf(condition));
  const following = matching.tokens[then + 1]?.symbol;
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
    const left = leftOperand(matching, expression, limit);
    return {
      kind: expression.operator,
      left,
      right: control(matching, expression.right, jumpsOn, limit, negations),
    };
  }
  matchValue(matching, expression, true);
  const constant = constantValue(expression);
  return constant === null
    ? testedLeaf(matching, expression, limit, negations)
    : constantLeaf(matching, expression, constant, jumpsOn, limit);
}

function leftOperand(matching: Matching, { left, operator }: LogicalExpression, limit: number): Condition {
  const token = tokenBehind(matching.tokens, spanOf(left));
  if (token > limit) throw new Mismatch();
  return control(matching, left, operator === "or", token, 0);
}

/** An and/or whose value is used: its last operand is tested only when it is a comparison. */
function logicalValue(matching: Matching, expression: Expression): Condition {
  if (expression.type === "UnaryExpression" && expression.operator === "not") {
    return { kind: "not", operand: logicalValue(matching, expression.argument) };
  }
  const limit = tokenBehind(matching.tokens, spanOf(expression));
  if (expression.type === "LogicalExpression") {
    const left = leftOperand(matching, expression, limit);
    return { kind: expression.operator, left, right: logicalValue(matching, expression.right) };
  }
  matchValue(matching, expression, true);
  if (comparisonOperator(expression) !== null) return testedLeaf(matching, expression, limit, 0);
  return { kind: "leaf", expression, test: null, inverted: false, constant: constantValue(expression) };
}

/** Finds the conditions inside an expression whose value is used; with `inside`, in its operands only. */
function matchValue(matching: Matching, node: Node, inside = false): void {
  if (node.type === "FunctionDeclaration") return;
  if (!inside && node.type === "LogicalExpression") {
    matching.conditions.set(node, logicalValue(matching, node));
    return;
  }
  for (const child of childrenOf(node)) matchValue(matching, child);
  if (!inside && node.type === "BinaryExpression" && comparisonOperator(node) !== null) {
    testedLeaf(matching, node, tokenBehind(matching.tokens, spanOf(node)), 0);
  }
}

function testedLeaf(matching: Matching, expression: Expression, limit: number, negations: number): Leaf {
  const test = takeTest(matching, expression, limit);
  if (test === null) throw new Mismatch();
  // A comparison takes up any number of `not`s. Of those on another value, the test takes up the last one.
  const operator = comparisonOperator(expression);
  const inverted = operator === null ? negations > 0 && negations % 2 === 0 : operator === "~=";
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

/** Takes the next test if it lies between the expression's first token and the token at `limit`. */
function takeTest(matching: Matching, expression: Expression, limit: number): number | null {
  const test = matching.tests[matching.next];
  const first = firstTokenAt(matching.tokens, spanOf(expression).start);
  if (test === undefined || test.token < first || test.token > limit) return null;
  matching.next++;
  return test.pc;
}

type LogicalExpression = Extract<Expression, { type: "LogicalExpression" }>;
