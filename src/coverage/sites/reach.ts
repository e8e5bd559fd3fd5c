import { constantValue } from "../../source/constants.js";
import { blocksOf, type Structure } from "../../source/structure.js";
import type { Expression, IfStatement, LabelStatement, LoopStatement, Statement } from "../../source/tree.js";
import { isNot } from "./leaves.js";

/**
 * The statements of one function that no path leads to, which are few. A condition can come out either way, unless constants say
 * that it is always true; one that is always false counts as code that is switched off.
 */
export function deadStatements(body: readonly Statement[], structure: Structure): ReadonlySet<Statement> {
  const dead = new Set<Statement>();
  /** The jumps that some path leads to. */
  const jumps = new Set<Statement>();
  const isTarget = (label: LabelStatement) => structure.gotos(label).some((goto) => jumps.has(goto));
  const isBroken = (loop: LoopStatement) => structure.breaks(loop).some((each) => jumps.has(each));

  /** Whether control can come out at the end of a block that it enters. */
  function completesBlock(statements: readonly Statement[]): boolean {
    let reaches = true;
    for (const statement of statements) {
      reaches ||= statement.type === "LabelStatement" && isTarget(statement);
      if (reaches) reaches = completes(statement);
      else addAll(dead, [statement]);
    }
    return reaches;
  }

  function completes(statement: Statement): boolean {
    switch (statement.type) {
      case "ReturnStatement":
        return false;
      case "BreakStatement":
      case "GotoStatement":
        jumps.add(statement);
        return false;
      case "DoStatement":
        return completesBlock(statement.body);
      case "IfStatement":
        return completesIf(statement);
      case "WhileStatement":
        completesBlock(statement.body);
        return exitsOf(statement.condition).whenFalse || isBroken(statement);
      case "RepeatStatement":
        return completesBlock(statement.body) || isBroken(statement);
      case "ForNumericStatement":
      case "ForGenericStatement":
        completesBlock(statement.body);
        return true;
      default:
        return true;
    }
  }

  function completesIf({ clauses }: IfStatement): boolean {
    let reaches = true;
    let done = false;
    for (const clause of clauses) {
      if (!reaches) {
        addAll(dead, clause.body);
        continue;
      }
      done = completesBlock(clause.body) || done;
      reaches = clause.type === "IfClause" && exitsOf(clause.condition).whenFalse;
    }
    return done || reaches;
  }

  // A `goto` back may lead to a label that nothing else leads to.
  for (let before = -1; before < jumps.size; ) {
    before = jumps.size;
    dead.clear();
    completesBlock(body);
    if (structure.labels.length === 0) break;
  }
  return dead;
}

/** Adds statements with all that is in them, functions aside. */
function addAll(set: Set<Statement>, statements: readonly Statement[]): void {
  for (const statement of statements) {
    set.add(statement);
    for (const block of blocksOf(statement)) addAll(set, block.statements);
  }
}

/** Whether an expression may come out true before its last operand, or false, and what that one always is. */
interface Exits {
  readonly early: { readonly whenTrue: boolean; readonly whenFalse: boolean };
  readonly last: boolean | null;
}

/** Whether a condition may be false; true it may always be, for all that this room decides. */
function exitsOf(condition: Expression): { readonly whenFalse: boolean } {
  const { early, last } = exits(condition);
  return { whenFalse: early.whenFalse || last !== true };
}

function exits(expression: Expression): Exits {
  if (isNot(expression)) {
    const { early, last } = exits(expression.argument);
    return {
      early: { whenTrue: early.whenFalse, whenFalse: early.whenTrue },
      last: last === null ? null : !last,
    };
  }
  if (expression.type !== "LogicalExpression") {
    return { early: { whenTrue: false, whenFalse: false }, last: constantValue(expression) };
  }
  const { operator, operands } = expression;
  const all = operands.map(exits);
  const { early, last } = all.pop() ?? { early: { whenTrue: false, whenFalse: false }, last: null };
  const isAnd = operator === "and";
  const decides = all.some((each) =>
    isAnd ? each.early.whenFalse || each.last !== true : each.early.whenTrue || each.last !== false,
  );
  return {
    early: {
      whenTrue: early.whenTrue || (!isAnd && decides),
      whenFalse: early.whenFalse || (isAnd && decides),
    },
    last,
  };
}
