import type { CallInfo, FengariProto } from "../fengari.js";
import { decisionAt, isTailCall, kindAt, successorsAt } from "../lua53.js";
import { type LiveChunk, viewsOf } from "./liveChunk.js";

/** The counters of one function, shared by all its closures; what the tracer adds to. */
export interface Counters {
  readonly chunk: LiveChunk;
  /** The line of each of its instructions; of the last one it may be that of the function around it. */
  readonly lineinfo: readonly number[];
  /** Whether somebody has been told that it ran. */
  isTouched: boolean;
  /** Line visits of the whole chunk, by line. */
  readonly lines: Float64Array;
  /** Calls of the chunk's functions; this one's is at `index`. */
  readonly calls: Float64Array;
  readonly index: number;
  readonly entry: Entry;
  readonly instructions: InstructionCounters;
}

/** What tells a call of a function from a loop that jumps back to its first instruction. */
export interface Entry {
  readonly loopsToStart: boolean;
  /** 1 behind each tail call, by pc + 1. */
  readonly tailCalls: Uint8Array;
  /** The calls whose start was seen, if the function loops to its start. */
  readonly started: WeakSet<CallInfo>;
}

/**
 * Counters of one function's instructions. The tracer knows an instruction that went before by its pc + 1
 * (`oldpc`), so the tables of ways on are indexed by that; where the instruction decides nothing they hold -1.
 */
export interface InstructionCounters {
  readonly counts: Float64Array;
  readonly fell: Float64Array;
  readonly jumped: Float64Array;
  readonly fellTo: Int32Array;
  readonly jumpedTo: Int32Array;
  /** Where a test goes on to execute its jump when a metamethod yielded in between. */
  readonly resumedAt: Int32Array;
  /** The register that tells which way a test went whose two ways lead to the same place, as `fellTo` says. */
  readonly tested: Int32Array;
  /** 1 where such a test jumps when the register is true. */
  readonly jumpsIfTrue: Uint8Array;
}

/** In `fellTo`: the next pc does not tell which way it was. */
export const sameWay = -2;

/** The counters of a chunk's functions, in their order, over the chunk's memory. */
export function countersOf(chunk: LiveChunk, protos: readonly FengariProto[]): Counters[] {
  const { lines, calls, instructions } = viewsOf(chunk);
  return protos.map((proto, index) => {
    const counts = instructions[index] ?? noCounters;
    const { loopsToStart, tailCalls, ways } = codeFacts(proto);
    const entry = { loopsToStart, tailCalls, started: new WeakSet<CallInfo>() };
    const { lineinfo } = proto;
    const own = { chunk, lineinfo, isTouched: false };
    return { ...own, lines, calls, index, entry, instructions: { ...counts, ...ways } };
  });
}

const none = new Float64Array();
const noCounters = { counts: none, fell: none, jumped: none };

type Ways = Pick<InstructionCounters, "fellTo" | "jumpedTo" | "resumedAt" | "tested" | "jumpsIfTrue">;

/** What a function's code says about it; the same for every program that runs it. */
interface CodeFacts extends Pick<Entry, "loopsToStart" | "tailCalls"> {
  readonly ways: Ways;
}

const known = new WeakMap<FengariProto, CodeFacts>();

function codeFacts(proto: FengariProto): CodeFacts {
  const facts = known.get(proto) ?? readFacts(proto.code.map((instruction) => instruction.code));
  known.set(proto, facts);
  return facts;
}

function readFacts(code: readonly number[]): CodeFacts {
  const loopsToStart = code.some((_, pc) => successorsAt(code, pc).includes(0));
  const tailCalls = Uint8Array.from([0, ...code.map((instruction) => (isTailCall(instruction) ? 1 : 0))]);
  return { loopsToStart, tailCalls, ways: waysOn(code) };
}

function waysOn(code: readonly number[]): Ways {
  const table = () => new Int32Array(code.length + 1).fill(-1);
  const jumpsIfTrue = new Uint8Array(code.length + 1);
  const ways = { fellTo: table(), jumpedTo: table(), resumedAt: table(), tested: table(), jumpsIfTrue };
  for (const pc of code.keys()) {
    const decision = decisionAt(code, pc);
    if (decision === undefined) continue;
    ways.fellTo[pc + 1] = decision.fell;
    ways.jumpedTo[pc + 1] = decision.jumped;
    if (kindAt(code, pc) === "test") ways.resumedAt[pc + 1] = pc + 1;
    if (decision.fell !== decision.jumped || decision.register === null) continue;
    ways.fellTo[pc + 1] = sameWay;
    ways.tested[pc + 1] = decision.register;
    if (decision.jumpsIf) jumpsIfTrue[pc + 1] = 1;
  }
  return ways;
}
