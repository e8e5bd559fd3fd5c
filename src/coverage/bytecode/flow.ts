import type { InstructionHits, Proto } from "../../types.js";

/** How often control went along an edge of the bytecode other than on to the next instruction. */
export interface Edge {
  readonly from: number;
  readonly count: number;
}

const noEdges: readonly Edge[] = [];
const noWays: readonly number[] = [];

/** The counters of one function, seen as flow through its instructions. */
export interface Flow {
  count(pc: number): number;
  fell(pc: number): number;
  jumped(pc: number): number;
  /** The edges into an instruction, except from the one before it. */
  into(pc: number): readonly Edge[];
}

export function createFlow(proto: Proto, hits: InstructionHits): Flow {
  const edges = new Map<number, Edge[]>();
  const add = (from: number, to: number, count: number) => {
    const known = edges.get(to);
    if (known === undefined) edges.set(to, [{ from, count }]);
    else known.push({ from, count });
  };
  const count = (pc: number) => hits.counts[pc] ?? 0;
  const fell = (pc: number) => hits.fell[pc] ?? 0;
  const jumped = (pc: number) => hits.jumped[pc] ?? 0;
  for (let pc = 0; pc < proto.code.length; pc++) {
    const decision = proto.decision(pc);
    if (decision !== undefined) {
      add(pc, decision.fell, fell(pc));
      add(pc, decision.jumped, jumped(pc));
    } else {
      // The jump of a test is part of the test; executed on its own, after a yield, it is counted there too.
      const ways = proto.kind(pc - 1) === "test" ? noWays : proto.successors(pc);
      const [next] = ways;
      if (next !== undefined && ways.length === 1 && next !== pc + 1) add(pc, next, count(pc));
    }
  }
  return { count, fell, jumped, into: (pc) => edges.get(pc) ?? noEdges };
}
