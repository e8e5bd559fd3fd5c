import { comparisonOperators } from "../../source/constants.js";
import type { Structure } from "../../source/structure.js";
import { forEachChild } from "../../source/syntax.js";
import { type Tokens, tokenBehind } from "../../source/tokens.js";
import type {
  Expression,
  IfClause,
  IfStatement,
  LoopStatement,
  Node,
  Span,
  Statement,
} from "../../source/tree.js";
import { coincides } from "./coincide.js";
import { decidedValue, hasIdleOperand, isIdle, type Leaf, leavesOf } from "./leaves.js";

/** A branch: the ways on from one place. What decides is its `node`. */
export type BranchPlace =
  | {
      readonly type: "if";
      readonly node: IfClause;
      readonly span: Span;
      readonly arms: readonly [Span, Span];
    }
  | {
      readonly type: "loop";
      readonly node: LoopStatement;
      readonly span: Span;
      readonly arms: readonly [Span, Span];
    }
  | {
      readonly type: "binary-expr";
      readonly node: Expression;
      readonly span: Span;
      readonly arms: readonly Span[];
      readonly leaves: readonly Leaf[];
      /** Whether the truth of the last operand matters, and not its value. */
      readonly testsLast: boolean;
      /** Of how many operands, from the first one on, it is known how often they were true. */
      readonly tested: number;
    };

/** The branches of one function, nested functions aside. `operators` are where each `and` and `or` of the text begins. */
export function branchPlaces(
  structure: Structure,
  tokens: Tokens,
  operators: readonly number[],
): BranchPlace[] {
  const found: BranchPlace[] = [];

  function visitStatement(statement: Statement): void {
    switch (statement.type) {
      case "FunctionDeclaration":
      case "DoStatement":
        return;
      case "IfStatement":
        for (const [index, clause] of statement.clauses.entries()) {
          if (clause.type === "IfClause") visitClause(clause, index, statement);
        }
        return;
      case "WhileStatement":
      case "RepeatStatement":
        visitCondition(statement.condition, () => found.push(conditionalLoop(statement, tokens)));
        return;
      case "ForNumericStatement":
      case "ForGenericStatement":
        found.push(headedLoop(statement, lastOfHeader(statement), tokens));
        for (const value of headerOf(statement)) visitValue(value);
        return;
      default:
        visitInside(statement);
    }
  }

  function visitClause(clause: IfClause, index: number, statement: IfStatement): void {
    if (coincides(statement, index, structure)) {
      for (const { expression } of leavesOf(clause.condition)) visitInside(expression);
    } else visitCondition(clause.condition, () => found.push(ifBranch(clause, index, statement)));
  }

  function visitCondition(condition: Expression, add: () => void): void {
    const leaves = leavesOf(condition);
    if (decidedValue(leaves) === null && !hasIdleOperand(leaves, true)) add();
    addOperands(condition, leaves, true);
  }

  function visitValue(node: Node): void {
    if (node.type === "FunctionDeclaration") return;
    if (node.type === "LogicalExpression") addOperands(node, leavesOf(node), false);
    else visitInside(node);
  }

  function visitInside(node: Node): void {
    if (node.type !== "FunctionDeclaration" && hasAny(operators, node)) forEachChild(node, visitValue);
  }

  function addOperands(node: Expression, leaves: readonly Leaf[], isCondition: boolean): void {
    const [first] = leaves;
    const isIdleFirst = first !== undefined && isIdle(first);
    if (leaves.length > 1 && !isIdleFirst && !hasIdleOperand(leaves, isCondition)) {
      const arms = leaves.map(({ expression }) => expression);
      const testsLast = isCondition || isComparison(leaves.at(-1));
      const tested = testedLeaves(leaves, testsLast);
      found.push({ type: "binary-expr", node, span: node, arms, leaves, testsLast, tested });
    }
    for (const { expression } of leaves) visitInside(expression);
  }

  for (const statement of structure.statements) visitStatement(statement);
  return found;
}

/** Whether one of some offsets, which are in their order, is in a span. */
function hasAny(offsets: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (offsets[low] ?? Number.POSITIVE_INFINITY) < end;
}

/** Those before the first constant. */
function testedLeaves(leaves: readonly Leaf[], testsLast: boolean): number {
  const constant = leaves.findIndex((leaf) => leaf.constant !== null);
  const end = testsLast ? leaves.length : leaves.length - 1;
  return constant === -1 ? end : Math.min(constant, end);
}

function isComparison(leaf: Leaf | undefined): boolean {
  return leaf !== undefined && comparisonOperators(leaf.expression).length > 0;
}

function ifBranch(clause: IfClause, index: number, { clauses, end }: IfStatement): BranchPlace {
  const following = clauses[index + 1];
  const span = following === undefined ? { start: clause.start, end } : clause;
  return { type: "if", node: clause, span, arms: [span, following ?? span] };
}

function conditionalLoop(
  loop: Extract<LoopStatement, { condition: Expression }>,
  tokens: Tokens,
): BranchPlace {
  if (loop.type === "WhileStatement") return headedLoop(loop, loop.condition, tokens);
  const keyword = { start: loop.start, end: loop.start + "repeat".length };
  return { type: "loop", node: loop, span: loop, arms: [keyword, loop.condition] };
}

/** The body, from `do` to `end` as even an empty one has a place; and the head, where the loop ends. */
function headedLoop(loop: LoopStatement, last: Expression, tokens: Tokens): BranchPlace {
  const { start, end } = loop;
  const body = { start: tokens.start(tokenBehind(tokens, last)), end };
  return { type: "loop", node: loop, span: loop, arms: [body, { start, end: last.end }] };
}

type ForStatement = Extract<LoopStatement, { type: "ForNumericStatement" | "ForGenericStatement" }>;

export function headerOf(loop: ForStatement): readonly Expression[] {
  if (loop.type === "ForGenericStatement") return loop.iterators;
  return loop.step === null ? [loop.from, loop.limit] : [loop.from, loop.limit, loop.step];
}

function lastOfHeader(loop: ForStatement): Expression {
  const last = headerOf(loop).at(-1);
  if (last === undefined) throw new Error("a loop without a header");
  return last;
}
