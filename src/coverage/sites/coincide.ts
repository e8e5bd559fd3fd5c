import type { Owner, Structure } from "../../source/structure.js";
import type {
  BreakStatement,
  GotoStatement,
  IfStatement,
  LabelStatement,
  LoopStatement,
  Statement,
} from "../../source/tree.js";
import { decidedValue, leavesOf } from "./leaves.js";

type Jump = BreakStatement | GotoStatement;

/**
 * Whether it makes no difference how a clause is decided, since both ways lead on to the same place with nothing in
 * between: `if x then end`, and `if x then goto next end ::next::`.
 */
export function coincides(statement: IfStatement, index: number, structure: Structure): boolean {
  const [clause, following] = [statement.clauses[index], statement.clauses[index + 1]];
  const [first] = clause?.body ?? [];
  if (first?.type !== "BreakStatement" && first?.type !== "GotoStatement") {
    return following === undefined && clause?.body.every(isEmpty) === true;
  }
  const isAlone =
    following === undefined || (following.type === "ElseClause" && following.body.every(isEmpty));
  return isAlone && arrives(first, statement, structure);
}

/** Whether a jump leads only to what comes behind a statement anyway. */
function arrives(jump: Jump, behind: Statement, structure: Structure): boolean {
  const place = structure.place(behind);
  if (place === undefined) return false;
  const { statements, owner } = place.block;
  for (let index = place.index + 1; index < statements.length; index++) {
    const each = statements[index];
    if (each?.type === "LabelStatement" && isTarget(each, jump, structure)) return true;
    if (each === undefined || !isEmpty(each)) return false;
  }
  if (owner === null || !leadsOut(owner)) return false;
  const isLeft = jump.type === "BreakStatement" && isLoop(owner.statement);
  return isLeft || arrives(jump, owner.statement, structure);
}

function isTarget(label: LabelStatement, jump: Jump, structure: Structure): boolean {
  if (jump.type !== "GotoStatement" || jump.label.name !== label.label.name) return false;
  return structure.gotos(label).includes(jump);
}

/** Whether the end of a block leads on behind the statement that it belongs to. */
function leadsOut(owner: NonNullable<Owner>): boolean {
  if (owner.kind === "clause") return owner.index === owner.statement.clauses.length - 1;
  if (owner.kind === "do") return true;
  const loop = owner.statement;
  return loop.type === "RepeatStatement" && decidedValue(leavesOf(loop.condition)) === true;
}

function isLoop(statement: Statement): statement is LoopStatement {
  return "body" in statement && statement.type !== "DoStatement" && statement.type !== "FunctionDeclaration";
}

function isEmpty(statement: Statement): boolean {
  if (statement.type === "DoStatement") return statement.body.every(isEmpty);
  return statement.type === "LabelStatement";
}
