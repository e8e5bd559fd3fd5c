import type { IfStatement, RepeatStatement, Statement, WhileStatement } from "../../../source/tree.js";
import { type Count, minus, total } from "../../count.js";
import type { Tally } from "../tally.js";
import { arrivals, leaves } from "./arrivals.js";
import { blockCompletions } from "./completions.js";
import { isAlwaysTrue, loopVerdicts } from "./decisions.js";

/**
 * A statement begins as often as its first instruction, less the rounds of a loop that come back to it.
 * `break`, `goto` and locals that share an instruction have none to count: they begin as often as the
 * statement before them completes, or as their block is entered. (A jump to a `break`'s jump is redirected past
 * it, so that even an existing instruction would not tell.)
 */
export function countBegins(tally: Tally, statement: Statement): Count {
  const own = tally.fn.ownExtent(statement);
  if (own === null) return arrivals(tally, statement);
  switch (statement.type) {
    case "WhileStatement":
    case "RepeatStatement":
      return loopBegins(tally, statement, own.first);
    case "IfStatement":
    case "DoStatement":
      return headBegins(
        tally,
        statement.type === "IfStatement" ? firstBody(statement) : statement.body,
        own.first,
      );
    default:
      return tally.flow.count(own.first);
  }
}

function firstBody({ clauses }: IfStatement): readonly Statement[] {
  return clauses[0]?.body ?? [];
}

/** Where jumps come back from cannot be told by where they go: those that leave a loop may be redirected to its start. */
function loopBegins(tally: Tally, loop: WhileStatement | RepeatStatement, first: number): Count {
  return minus(headBegins(tally, loop.body, first), rounds(tally, loop));
}

/** How often a loop went back. */
function rounds(tally: Tally, loop: WhileStatement | RepeatStatement): Count {
  const completed = (whenEmpty: Count) => blockCompletions(tally, loop.body, () => whenEmpty);
  if (loop.type === "WhileStatement") return completed(loopVerdicts(tally, loop).truthy);
  if (isAlwaysTrue(tally.fn, loop.condition)) return 0;
  return loopVerdicts(tally, loop).falsy ?? completed(null);
}

/** How often control came to the first instruction of a statement, which is that of its block where its head has none. */
function headBegins(tally: Tally, body: readonly Statement[], first: number): Count {
  const index = body.findIndex((each) => tally.fn.ownExtent(each) !== null);
  const coded = body[index];
  if (coded === undefined || tally.fn.ownExtent(coded)?.first !== first) return tally.flow.count(first);
  const before = body.slice(0, index);
  if (before.some(leaves)) return null;
  const labels = before.flatMap((each) =>
    each.type === "LabelStatement" ? tally.structure.gotos(each) : [],
  );
  return minus(tally.begins(coded), total(labels.map(tally.begins)));
}
