import type { IfStatement } from "../../../source/tree.js";
import type { Count } from "../../count.js";
import type { Tally } from "../tally.js";
import type { Verdicts } from "./conditions.js";
import { conditionVerdicts, unknownVerdicts } from "./decisions.js";

/** How often control went into the block of a clause, by its index. */
export function clauseEntries(tally: Tally, statement: IfStatement, index: number): Count {
  const isElse = statement.clauses[index]?.type === "ElseClause";
  return isElse ? clauseArrivals(tally, statement, index) : clauseVerdicts(tally, statement, index).truthy;
}

/** How often no clause of an `if` had its way. */
export function unmatched(tally: Tally, statement: IfStatement): Count {
  const last = statement.clauses.length - 1;
  if (statement.clauses[last]?.type === "ElseClause") return 0;
  return clauseVerdicts(tally, statement, last).falsy;
}

/**
 * How often control came to a clause: to its condition, or to `else`. Conditions without a test do not tell how
 * often they were reached; the ones before them do, of which there may be thousands.
 */
function clauseArrivals(tally: Tally, statement: IfStatement, index: number): Count {
  let first = index;
  while (first > 0 && !isTested(tally, statement, first - 1)) first--;
  let arrivals = first === 0 ? tally.begins(statement) : verdictsOf(tally, statement, first - 1, null).falsy;
  for (let each = first; each < index; each++) arrivals = verdictsOf(tally, statement, each, arrivals).falsy;
  return arrivals;
}

function clauseVerdicts(tally: Tally, statement: IfStatement, index: number): Verdicts {
  const entered = isTested(tally, statement, index) ? null : clauseArrivals(tally, statement, index);
  return verdictsOf(tally, statement, index, entered);
}

function verdictsOf(tally: Tally, statement: IfStatement, index: number, entered: Count): Verdicts {
  const condition = conditionOf(tally, statement, index);
  return condition === undefined ? unknownVerdicts : conditionVerdicts(tally, condition, entered);
}

/** Whether a clause tells by itself how often its condition was reached; one that is not known tells nothing. */
function isTested(tally: Tally, statement: IfStatement, index: number): boolean {
  const condition = conditionOf(tally, statement, index);
  return condition === undefined || condition.kind !== "leaf" || condition.test !== null;
}

function conditionOf({ fn }: Tally, { clauses }: IfStatement, index: number) {
  const clause = clauses[index];
  return clause?.type === "IfClause" ? fn.conditions?.get(clause.condition) : undefined;
}
