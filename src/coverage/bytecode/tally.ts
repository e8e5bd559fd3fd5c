import type { Block, Structure } from "../../source/structure.js";
import type { LabelStatement, Statement } from "../../source/tree.js";
import type { Count } from "../count.js";
import { countBegins } from "./begins.js";
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
  /** The labels whose first instruction is the one at a pc. */
  readonly labelsBefore: (pc: number) => readonly LabelStatement[];
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
    const place = structure.places.get(statement);
    const found: Statement[] = [];
    for (let index = place?.index ?? 0; index > 0; index--) {
      const [each, previous] = [place?.block.statements[index], place?.block.statements[index - 1]];
      if (each === undefined || previous === undefined || fn.ownExtent(each) !== null || known.has(previous))
        break;
      found.push(previous);
    }
    return found.reverse();
  };
  const labels = lazily(() => labelsByCode(fn, structure));
  const labelsBefore = (pc: number) => labels().get(pc) ?? [];
  const tally: Tally = { fn, structure, flow, calls, begins, labelsBefore };
  return tally;
}

function labelsByCode(fn: LinkedFunction, structure: Structure): ReadonlyMap<number, LabelStatement[]> {
  const byCode = new Map<number, LabelStatement[]>();
  // From the last one on, so that what is behind a label is known when the label comes.
  const nextCode = new Map<Block, number>();
  for (const [statement, { block }] of [...structure.places].reverse()) {
    const extent = fn.ownExtent(statement);
    const next = nextCode.get(block) ?? null;
    if (extent !== null) nextCode.set(block, extent.first);
    if (statement.type !== "LabelStatement" || next === null) continue;
    const labels = byCode.get(next);
    if (labels === undefined) byCode.set(next, [statement]);
    else labels.push(statement);
  }
  return byCode;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
