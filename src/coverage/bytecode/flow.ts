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
  const count = (pc: number) => hits.counts[pc] ?? 0;
  const fell = (pc: number) => hits.fell[pc] ?? 0;
  const jumped = (pc: number) => hits.jumped[pc] ?? 0;
  const ways = { count, fell, jumped };
  const edges = edgesOf(proto);
  return {
    ...ways,
    into: (pc) => edges.get(pc)?.map(({ from, way }) => ({ from, count: ways[way](from) })) ?? noEdges,
  };
}

/** An edge by where it comes from, and what counts it. */
interface Way {
  readonly from: number;
  readonly way: "count" | "fell" | "jumped";
}

/** What is the same for all counters: where tests are kept apart, a function is asked for each of them. */
const known = new WeakMap<Proto, ReadonlyMap<number, readonly Way[]>>();

function edgesOf(proto: Proto): ReadonlyMap<number, readonly Way[]> {
  const edges = known.get(proto) ?? findEdges(proto);
  known.set(proto, edges);
  return edges;
}

function findEdges(proto: Proto): ReadonlyMap<number, readonly Way[]> {
  const edges = new Map<number, Way[]>();
  const add = (from: number, to: number, way: Way["way"]) => {
    const others = edges.get(to);
    if (others === undefined) edges.set(to, [{ from, way }]);
    else others.push({ from, way });
  };
  for (let pc = 0; pc < proto.code.length; pc++) {
    const decision = proto.decision(pc);
    if (decision !== undefined) {
      add(pc, decision.fell, "fell");
      add(pc, decision.jumped, "jumped");
    } else {
      // The jump of a test is part of the test; executed on its own, after a yield, it is counted there too.
      const ways = proto.kind(pc - 1) === "test" ? noWays : proto.successors(pc);
      const [next] = ways;
      if (next !== undefined && ways.length === 1 && next !== pc + 1) add(pc, next, "count");
    }
  }
  return edges;
}
