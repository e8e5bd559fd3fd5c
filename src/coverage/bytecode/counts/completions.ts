import type { IfStatement, LoopStatement, Statement } from "../../../source/tree.js";
import { type Count, plus, total } from "../../count.js";
import type { Tally } from "../tally.js";
import { clauseEntries, unmatched } from "./clauses.js";
import { forEdges, isAlwaysTrue, loopVerdicts } from "./decisions.js";

/** How often control came out at the end of a statement. */
export function completions(tally: Tally, statement: Statement): Count {
  switch (statement.type) {
    case "BreakStatement":
    case "GotoStatement":
    case "ReturnStatement":
      return 0;
    case "LabelStatement":
      return plus(tally.begins(statement), total(tally.structure.gotos(statement).map(tally.begins)));
    case "DoStatement":
      return blockCompletions(tally, statement.body, () => tally.begins(statement));
    case "IfStatement":
      return ifCompletions(tally, statement);
    case "WhileStatement":
    case "RepeatStatement":
    case "ForNumericStatement":
    case "ForGenericStatement":
      return plus(loopEnds(tally, statement), breaksOut(tally, statement));
    default:
      return simpleCompletions(tally, statement);
  }
}

export function blockCompletions(
  tally: Tally,
  statements: readonly Statement[],
  entered: () => Count,
): Count {
  const last = statements.at(-1);
  return last === undefined ? entered() : completions(tally, last);
}

function ifCompletions(tally: Tally, statement: IfStatement): Count {
  const ends = statement.clauses.map((clause, index) =>
    blockCompletions(tally, clause.body, () => clauseEntries(tally, statement, index)),
  );
  return plus(total(ends), unmatched(tally, statement));
}

/** How often a loop came to its end, not by a `break`. */
function loopEnds(tally: Tally, loop: LoopStatement): Count {
  switch (loop.type) {
    case "WhileStatement":
      return isAlwaysTrue(tally.fn, loop.condition) ? 0 : loopVerdicts(tally, loop).falsy;
    case "RepeatStatement":
      return isAlwaysTrue(tally.fn, loop.condition)
        ? blockCompletions(tally, loop.body, () => tally.begins(loop))
        : loopVerdicts(tally, loop).truthy;
    default:
      return forEdges(tally, loop).ended;
  }
}

function breaksOut({ structure, begins }: Tally, loop: LoopStatement): Count {
  return total(structure.breaks(loop).map(begins));
}

/** What arrives behind the last instruction, from there or by a jump of the statement's own. */
function simpleCompletions({ fn, flow, begins }: Tally, statement: Statement): Count {
  const own = fn.ownExtent(statement);
  if (own === null) return begins(statement);
  const next = own.last + 1;
  const others = flow.into(next).filter(({ from }) => from < own.first || from > own.last);
  return others.reduce((count, edge) => count - edge.count, flow.count(next));
}
