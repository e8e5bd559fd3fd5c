import type { IfStatement } from "luaparse";
import type { Clause } from "../../source/structure.js";
import type { Count } from "../count.js";
import type { Verdicts } from "./conditions.js";
import { expressionVerdicts, unknownVerdicts } from "./decisions.js";
import type { Tally } from "./tally.js";

/** How often control went into the block of a clause. */
export function clauseEntries(tally: Tally, statement: IfStatement, clause: Clause): Count {
  if (clause.type === "ElseClause") return clauseArrivals(tally, statement, clause);
  return clauseVerdicts(tally, statement, clause).truthy;
}

/** How often no clause of an `if` had its way. */
export function unmatched(tally: Tally, statement: IfStatement): Count {
  const last = statement.clauses.at(-1);
  if (last === undefined || last.type === "ElseClause") return 0;
  return clauseVerdicts(tally, statement, last).falsy;
}

/** How often control came to a clause: to its condition, or to `else`. */
function clauseArrivals(tally: Tally, statement: IfStatement, clause: Clause): Count {
  const previous = statement.clauses[statement.clauses.indexOf(clause) - 1];
  if (previous === undefined) return tally.begins(statement);
  return clauseVerdicts(tally, statement, previous).falsy;
}

function clauseVerdicts(tally: Tally, statement: IfStatement, clause: Clause): Verdicts {
  if (clause.type === "ElseClause") return unknownVerdicts;
  return expressionVerdicts(tally, clause.condition, () => clauseArrivals(tally, statement, clause));
}
