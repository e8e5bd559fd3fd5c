import type { Block } from "../../../source/structure.js";
import type { LoopStatement, Statement } from "../../../source/tree.js";
import { type Count, plus } from "../../count.js";
import type { Tally } from "../tally.js";
import { clauseEntries } from "./clauses.js";
import { completions } from "./completions.js";
import { forEdges, loopVerdicts } from "./decisions.js";

/** How often control came to a statement from the one before it, or into the block that it is the first of. */
export function arrivals(tally: Tally, statement: Statement): Count {
  const place = tally.structure.place(statement);
  if (place === undefined) return null;
  const previous = place.block.statements[place.index - 1];
  return previous === undefined ? blockEntries(tally, place.block) : completions(tally, previous);
}

function blockEntries(tally: Tally, { owner, statements }: Block): Count {
  if (owner === null) return tally.calls;
  if (owner.kind === "do") return tally.begins(owner.statement);
  if (owner.kind === "clause") return clauseEntries(tally, owner.statement, owner.index);
  return bodyEntries(tally, owner.statement, statements);
}

/** How often control went into the body of a loop, at first or once more. */
function bodyEntries(tally: Tally, loop: LoopStatement, body: readonly Statement[]): Count {
  switch (loop.type) {
    case "ForNumericStatement":
    case "ForGenericStatement":
      return forEdges(tally, loop).entered;
    case "RepeatStatement":
      return plus(tally.begins(loop), loopVerdicts(tally, loop).falsy);
    default:
      return loopVerdicts(tally, loop).truthy ?? untestedEntries(tally, loop, body);
  }
}

/** Rounds of a loop without a tested condition: what follows its first, codeless statements. */
function untestedEntries(tally: Tally, loop: LoopStatement, body: readonly Statement[]): Count {
  const index = body.findIndex((each) => tally.fn.ownExtent(each) !== null);
  const first = body[index];
  const before = body.slice(0, index);
  const out = before.find(leaves);
  // What begins with a `break` has no second round.
  if (first === undefined || (out !== undefined && tally.structure.labels.length === 0)) {
    return arrivals(tally, loop);
  }
  if (out !== undefined) return null;
  return first.type === "LabelStatement" ? null : tally.begins(first);
}

/** Whether a statement without instructions always leads elsewhere. */
export function leaves(statement: Statement): boolean {
  if (statement.type === "DoStatement") return statement.body.some(leaves);
  return statement.type === "BreakStatement" || statement.type === "GotoStatement";
}
