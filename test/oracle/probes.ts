import type { Expression, Node, Statement } from "luaparse";
import {
  type ForNode,
  type FunctionNode,
  type IfNode,
  isLoop,
  type LoopNode,
  parseText,
  type Span,
  spanOf,
  valuesIn,
} from "./ast.js";
import { constantTruth, isComparison } from "./constants.js";

/** Counts of probes, by their number. */
export type Counts = (probe: number) => number;

/** Counts to add up, and to take away. */
export interface Sum {
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

export interface StatementProbe {
  readonly statement: Statement;
  readonly probe: number;
}

export interface FunctionProbe {
  readonly node: FunctionNode;
  readonly probe: number;
}

export interface BranchProbe {
  readonly type: "if" | "loop" | "binary-expr";
  readonly span: Span;
  readonly arms: readonly Sum[];
  /** How often each operand was true, as far as the program looks. */
  readonly truthy: readonly Sum[];
  /** What decides; null for a `for`. */
  readonly condition: Expression | null;
}

/** A text with probes, and what their counts mean. */
export interface Probed {
  readonly body: readonly Statement[];
  readonly text: string;
  readonly statements: readonly StatementProbe[];
  readonly functions: readonly FunctionProbe[];
  readonly branches: readonly BranchProbe[];
  /** The first number that no probe has. */
  readonly end: number;
}

/** Puts probes into a copy of a text: on the same lines, where the parser says, with numbers from `first`. */
export function insertProbes(text: string, first: number): Probed {
  const body = parseText(text);
  let end = first;
  const insertions: { readonly at: number; readonly rank: number; readonly text: string }[] = [];
  const statements: StatementProbe[] = [];
  const functions: FunctionProbe[] = [];
  const branches: BranchProbe[] = [];

  const insert = (at: number, rank: number, code: string) => insertions.push({ at, rank, text: code });

  /** A probe between statements; `after` something, it comes before what begins at the same place. */
  function pass(at: number, after = false): number {
    const probe = end++;
    insert(at, after ? 0 : end, `;(true):p(${probe});`);
    return probe;
  }

  /** Counts the truth of an expression once it has a value, and the lack of it under the next number. */
  function decide(expression: Expression): { truthy: Sum; falsy: Sum; evaluated: Sum } {
    const probe = end;
    end += 2;
    around(expression, `(true):c(${probe},`, ")");
    return { truthy: sum(probe), falsy: sum(probe + 1), evaluated: sum(probe, probe + 1) };
  }

  /** Counts how often evaluation of an expression began. */
  function begin(expression: Expression): Sum {
    const probe = end++;
    around(expression, `((true):p(${probe})and `, ")");
    return sum(probe);
  }

  function around(expression: Expression, opening: string, closing: string): void {
    const span = spanOf(expression);
    insert(span.start, end, opening);
    insert(span.end, -end, closing);
  }

  function visitBlock(block: readonly Statement[], breaks: number[]): void {
    for (const statement of block) visitStatement(statement, breaks);
  }

  function visitStatement(statement: Statement, breaks: number[]): void {
    if (statement.type !== "LabelStatement" && statement.type !== "DoStatement") {
      const probe = pass(spanOf(statement).start);
      statements.push({ statement, probe });
      if (statement.type === "BreakStatement") breaks.push(probe);
    }
    if (statement.type === "FunctionDeclaration") visitFunction(statement);
    else if (statement.type === "IfStatement") visitIf(statement, breaks);
    else if (statement.type === "DoStatement") visitBlock(statement.body, breaks);
    else if (isLoop(statement)) visitLoop(statement);
    else visitValues(statement);
  }

  function visitFunction(node: FunctionNode): void {
    const last = spanOf(node).end - "end".length;
    const [head] = node.body;
    functions.push({ node, probe: pass(head === undefined ? last : spanOf(head).start) });
    visitBlock(node.body, []);
  }

  function visitIf(statement: IfNode, breaks: number[]): void {
    for (const [index, clause] of statement.clauses.entries()) {
      if (clause.type !== "ElseClause") {
        const { truthy, falsy } = visitCondition(clause.condition);
        const last = index === statement.clauses.length - 1 ? statement : clause;
        const span = { start: spanOf(clause).start, end: spanOf(last).end };
        branches.push({ type: "if", span, arms: [truthy, falsy], truthy: [], condition: clause.condition });
      }
      visitBlock(clause.body, breaks);
    }
  }

  function visitLoop(loop: LoopNode): void {
    const breaks: number[] = [];
    const condition = "condition" in loop ? loop.condition : null;
    const add = (arms: readonly Sum[]) =>
      branches.push({ type: "loop", span: spanOf(loop), arms, truthy: [], condition });
    if (loop.type === "RepeatStatement") {
      visitBlock(loop.body, breaks);
      const { truthy, falsy } = visitCondition(loop.condition);
      add([falsy, truthy]);
    } else if (loop.type === "WhileStatement") {
      const { truthy, falsy } = visitCondition(loop.condition);
      add([truthy, falsy]);
      visitBlock(loop.body, breaks);
    } else {
      visitValues(loop);
      add(visitForBody(loop, breaks));
    }
  }

  /** Behind the loop arrives what ended or broke off. */
  function visitForBody(loop: ForNode, breaks: number[]): Sum[] {
    const [head] = loop.body;
    const { end: last } = spanOf(loop);
    const entered = pass(head === undefined ? last - "end".length : spanOf(head).start);
    visitBlock(loop.body, breaks);
    return [sum(entered), { plus: [pass(last, true)], minus: breaks }];
  }

  function visitCondition(condition: Expression): { truthy: Sum; falsy: Sum } {
    const whole = decide(condition);
    const leaves = leavesOf(condition);
    if (leaves.length > 1) visitOperands(condition, leaves, true);
    else for (const leaf of leaves) visitValues(leaf);
    return whole;
  }

  function visitOperands(chain: Expression, leaves: readonly Expression[], isTested: boolean): void {
    const counts = leaves.map((leaf, index) => {
      const looks = isTested || index < leaves.length - 1 || isComparison(leaf);
      const count = looks ? decide(leaf) : { evaluated: begin(leaf), truthy: null };
      visitValues(leaf);
      return constantTruth(leaf) === null ? count : { ...count, truthy: null };
    });
    const arms = counts.map(({ evaluated }) => evaluated);
    const unknown = [...counts, { truthy: null }].findIndex((count) => count.truthy === null);
    const truthy = counts.slice(0, unknown).flatMap((count) => count.truthy ?? []);
    const span = spanOf(chain);
    branches.push({ type: "binary-expr", span, arms, truthy, condition: chain });
  }

  /** Looks for functions and and/or chains among the values below a node. */
  function visitValues(node: Node): void {
    if (node.type === "FunctionDeclaration") visitFunction(node);
    else {
      for (const value of valuesIn(node)) {
        if (value.type === "LogicalExpression") visitOperands(value, leavesOf(value), false);
        else visitValues(value);
      }
    }
  }

  visitBlock(body, []);
  insertions.sort((a, b) => a.at - b.at || a.rank - b.rank);
  return { body, text: applied(text, insertions), statements, functions, branches, end };
}

/** What an and/or chain tests one after the other, whatever `not`s and parentheses there are. */
export function leavesOf(expression: Expression): Expression[] {
  if (expression.type === "LogicalExpression") {
    return [...leavesOf(expression.left), ...leavesOf(expression.right)];
  }
  const isNot = expression.type === "UnaryExpression" && expression.operator === "not";
  return isNot ? leavesOf(expression.argument) : [expression];
}

function applied(
  text: string,
  insertions: readonly { readonly at: number; readonly text: string }[],
): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { at, text: code } of insertions) {
    pieces.push(text.slice(from, at), code);
    from = at;
  }
  return pieces.join("") + text.slice(from);
}

const sum = (...plus: number[]): Sum => ({ plus, minus: [] });
