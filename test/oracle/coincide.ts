import type { Expression, Statement } from "luaparse";
import { type Clause, type IfNode, isLoop } from "./ast.js";
import { outcomesOf } from "./constants.js";

/** A statement with what follows it in its block, and where the block is. */
interface Place {
  readonly following: readonly Statement[];
  readonly owner: { readonly statement: Statement; readonly clause: Clause | null } | null;
}

/**
 * The clauses of a function whose two ways on are one, because no instruction lies between them: `if x then end`
 * and `if x then goto next end ::next::`.
 */
export function coincidingClauses(body: readonly Statement[]): ReadonlySet<Clause> {
  const places = new Map<Statement, Place>();
  const found = new Set<Clause>();

  function visit(block: readonly Statement[], owner: Place["owner"]): void {
    for (const [index, statement] of block.entries()) {
      places.set(statement, { following: block.slice(index + 1), owner });
      if (statement.type === "IfStatement") visitIf(statement);
      else if (isLoop(statement) || statement.type === "DoStatement") {
        visit(statement.body, { statement, clause: null });
      }
    }
  }

  function visitIf(statement: IfNode): void {
    for (const clause of statement.clauses) {
      if (coincides(clause, statement)) found.add(clause);
      visit(clause.body, { statement, clause });
    }
  }

  function coincides(clause: Clause, statement: IfNode): boolean {
    const others = statement.clauses.slice(statement.clauses.indexOf(clause) + 1);
    const [head] = clause.body;
    if (head?.type === "BreakStatement" || head?.type === "GotoStatement") {
      const isEmpty = others.every((each) => each.type === "ElseClause" && each.body.every(isEmptyStatement));
      return isEmpty && arrives(head, places.get(statement));
    }
    return others.length === 0 && clause.body.every(isEmptyStatement);
  }

  /** Whether a jump only leads to where its clause ends anyway. */
  function arrives(jump: Statement, place: Place | undefined): boolean {
    if (place === undefined) return false;
    for (const statement of place.following) {
      if (isTarget(statement, jump)) return true;
      if (!isEmptyStatement(statement)) return false;
    }
    const { owner } = place;
    if (owner === null || !leadsOut(owner)) return false;
    const isBroken = isLoop(owner.statement) && jump.type === "BreakStatement";
    return isBroken || arrives(jump, places.get(owner.statement));
  }

  visit(body, null);
  return found;
}

/**
 * The and/or chain of `x = a and b or x`: what leaves a local variable as it is takes no instruction, so that
 * the two ways on from the operand before it are one.
 */
export function keptChain(statement: Statement): Expression | null {
  if (statement.type !== "AssignmentStatement") return null;
  const [target, value] = [statement.variables.at(-1), statement.init.at(-1)];
  if (target?.type !== "Identifier" || value?.type !== "LogicalExpression") return null;
  const { right } = value;
  return right.type === "Identifier" && right.name === target.name ? value : null;
}

function isTarget(statement: Statement, jump: Statement): boolean {
  const isJump = jump.type === "GotoStatement" && statement.type === "LabelStatement";
  return isJump && statement.label.name === jump.label.name;
}

/** Whether a block's end leads on without an instruction. */
function leadsOut({ statement, clause }: NonNullable<Place["owner"]>): boolean {
  if (statement.type === "IfStatement") return statement.clauses.at(-1) === clause;
  if (statement.type === "RepeatStatement") return !outcomesOf(statement.condition).falsy;
  return statement.type === "DoStatement";
}

function isEmptyStatement(statement: Statement): boolean {
  if (statement.type === "DoStatement") return statement.body.every(isEmptyStatement);
  return statement.type === "LabelStatement";
}
