import type { Statement } from "../../source/tree.js";
import { type Count, minus, total } from "../count.js";
import { arrivals } from "./arrivals.js";
import type { Tally } from "./tally.js";

/**
 * A statement begins as often as its first instruction, less the rounds of a loop that come back to it.
 * `break`, `goto` and locals that share an instruction have none to count: they begin as often as the
 * statement before them completes, or as their block is entered. (A jump to a `break`'s jump is redirected past
 * it, so that even an existing instruction would not tell.)
 */
export function countBegins(tally: Tally, statement: Statement): Count {
  const own = tally.fn.ownExtent(statement);
  if (own === null) return arrivals(tally, statement);
  return minus(tally.flow.count(own.first), rounds(tally, statement, own.first));
}

/**
 * How often a statement came back to its first instruction by itself, not by a `goto` from inside to before
 * it: a loop, or what begins with one, as `if true then repeat …`.
 */
function rounds(tally: Tally, statement: Statement, first: number): Count {
  const edges = tally.flow.into(first);
  if (edges.length === 0 && tally.structure.labels.length === 0) return 0;
  const last = tally.fn.extent(statement)?.last ?? first;
  let back = 0;
  for (const { from, count } of edges) if (from >= first && from <= last) back += count;
  if (tally.structure.labels.length === 0) return back;
  return minus(back, total(gotosBefore(tally, statement, first).map(tally.begins)));
}

function gotosBefore(tally: Tally, statement: Statement, first: number): Statement[] {
  const { start, end } = statement;
  return tally
    .labelsBefore(first)
    .filter((label) => label.start < start)
    .flatMap((label) => tally.structure.gotos(label))
    .filter((goto) => goto.start > start && goto.end <= end);
}
