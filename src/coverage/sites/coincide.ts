import type { Structure } from "../../source/structure.js";
import type { Clause, IfClause, IfStatement, LoopStatement, Statement } from "../../source/tree.js";
import { decidedValue, leavesOf } from "./leaves.js";

/**
 * Whether it makes no difference how a clause is decided, since both ways lead on to the same place with nothing in
 * between: `if x then end`, and `if x then goto next end ::next::`.
 */
export function coincides(clause: IfClause, statement: IfStatement, structure: Structure): boolean {
  const following = statement.clauses.slice(statement.clauses.indexOf(clause) + 1);
  const [first] = clause.body;
  if (first?.type === "BreakStatement" || first?.type === "GotoStatement") {
    return following.every(isEmptyElse) && arrives(first, statement, structure);
  }
  return following.length === 0 && clause.body.every(isEmpty);
}

function isEmptyElse(clause: Clause): boolean {
  return clause.type === "ElseClause" && clause.body.every(isEmpty);
}

/** Whether a jump leads only to what comes behind a statement anyway. */
function arrives(jump: Statement, behind: Statement, structure: Structure): boolean {
  for (let statement = behind; ; ) {
    const place = structure.places.get(statement);
    if (place === undefined) return false;
    for (const each of place.block.statements.slice(place.index + 1)) {
      if (each.type === "LabelStatement" && structure.gotos(each).some((goto) => goto === jump)) return true;
      if (!isEmpty(each)) return false;
    }
    const { owner } = place.block;
    if (owner === null || !leadsOut(owner)) return false;
    if (isLoop(owner.statement) && structure.breaks(owner.statement).some((each) => each === jump))
      return true;
    statement = owner.statement;
  }
}

/** Whether the end of a block leads on behind the statement that it belongs to. */
function leadsOut(
  owner: NonNullable<NonNullable<ReturnType<Structure["places"]["get"]>>["block"]["owner"]>,
): boolean {
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
