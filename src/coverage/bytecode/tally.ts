import type { Structure } from "../../source/structure.js";
import type { Statement } from "../../source/tree.js";
import type { Count } from "../count.js";
import { countBegins } from "./counts/begins.js";
import type { Flow } from "./flow.js";
import type { LinkedFunction } from "./link.js";

/** One function with the counters of its instructions, from which all that is in it gets its counts. */
export interface Tally {
  readonly fn: LinkedFunction;
  readonly structure: Structure;
  readonly flow: Flow;
  readonly calls: number;
  /** How often a statement began, worked out once. */
  readonly begins: (statement: Statement) => Count;
}

export function createTally(fn: LinkedFunction, structure: Structure, flow: Flow, calls: number): Tally {
  const known = new Map<Statement, Count>();
  const work = (statement: Statement): Count => {
    const count = known.get(statement);
    if (count !== undefined) return count;
    // A `goto` in a circle of statements without instructions has no count to start from.
    known.set(statement, null);
    const result = countBegins(tally, statement);
    known.set(statement, result);
    return result;
  };
  const begins = (statement: Statement): Count => {
    const count = known.get(statement);
    if (count !== undefined) return count;
    // A statement without instructions asks the one before it: thousands in a row are asked from the first one on.
    for (const each of codelessBefore(statement)) work(each);
    return work(statement);
  };
  const codelessBefore = (statement: Statement): Statement[] => {
    const place = structure.place(statement);
    const found: Statement[] = [];
    for (let index = place?.index ?? 0; index > 0; index--) {
      const [each, previous] = [place?.block.statements[index], place?.block.statements[index - 1]];
      if (each === undefined || previous === undefined || fn.ownExtent(each) !== null || known.has(previous))
        break;
      found.push(previous);
    }
    return found.reverse();
  };
  const tally: Tally = { fn, structure, flow, calls, begins };
  return tally;
}
