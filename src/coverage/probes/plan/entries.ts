import type { IfStatement, Statement } from "../../../source/tree.js";
import { decidedValue, leavesOf } from "../../sites/leaves.js";
import type { Figure } from "./figures.js";
import { countAt, type Planning } from "./planning.js";

/**
 * How often statements begin, from one of them on: a counter before it. Where nothing but quiet statements comes before
 * an `if` with two ways on, both ways are counted instead, so that only one counter is passed and not two.
 */
export function countEntry(
  planning: Planning,
  statements: readonly Statement[],
  from: number,
  at: number,
): Figure {
  for (let index = from; index < statements.length; index++) {
    const statement = statements[index];
    if (statement?.type === "IfStatement" && hasTwoQuietWays(planning, statement)) {
      return planning.figures.promise();
    }
    if (statement === undefined || !isQuietStatement(planning, statement)) break;
  }
  return countAt(planning, at);
}

function hasTwoQuietWays({ isQuiet, places }: Planning, { clauses }: IfStatement): boolean {
  const [first, second] = clauses;
  if (first?.type !== "IfClause" || second?.type === "IfClause" || !places.has(first)) return false;
  return isQuiet(first.condition) && decidedValue(leavesOf(first.condition)) === null;
}

/** Whether a statement always comes to its end, as `planBlock` sees it, too. */
function isQuietStatement({ isQuiet }: Planning, statement: Statement): boolean {
  switch (statement.type) {
    case "LocalStatement":
      return !statement.attributes.includes("close") && statement.init.every(isQuiet);
    case "AssignmentStatement":
      return (
        statement.init.every(isQuiet) &&
        statement.variables.every((each) => each.type === "Identifier" && each.variable !== null)
      );
    default:
      return false;
  }
}
