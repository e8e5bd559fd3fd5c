import type { Syntax } from "../../source/syntax.js";
import type { Tokens } from "../../source/tokens.js";
import { digestOf } from "./digest.js";
import { applied, codeOf, type ProbeNames } from "./insertions.js";
import { type ProbePlan, planProbes } from "./plan/plan.js";
import { roomFor } from "./room.js";

export interface ProbeOptions {
  /** How many upvalues a function may have: 60 in Lua 5.1 and LuaJIT, else 255. */
  readonly upvalues: 60 | 255;
}

/** A text that counts what it does, on the same lines, and how many counters it needs. */
export interface ProbedText {
  readonly text: Uint8Array;
  readonly counters: number;
}

/**
 * Puts probes into a copy of a text. It gets at its counters through `("<digest>"):luacov_ts()`: the table of counters,
 * all 0 at first, and a function that counts the truth of its second argument under the number in its first one, or
 * under the next number, and gives that argument back. Where no local or upvalue is left, the method does this itself.
 * Who makes several copies of a text plans its probes once.
 */
export function insertProbes(
  source: Uint8Array,
  syntax: Syntax,
  { upvalues }: ProbeOptions,
  plan: ProbePlan = planProbes(syntax),
): ProbedText {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");
  const digest = digestOf(source);
  const names = freeNames(text);
  const usesTest = plan.insertions.some(({ code }) => code.kind === "test" || code.kind === "begin");
  const needed = dependsOnUpvalues(text) ? Number.POSITIVE_INFINITY : usesTest ? 2 : 1;
  const hasRoom = roomFor(plan.sites, plan.names, needed, upvalues);
  const insertions = plan.insertions.map(({ at, fn, code }) => ({
    at,
    text: codeOf(code, hasRoom(fn) ? names : null, digest),
  }));
  const declared = usesTest ? `${names.counters},${names.test}` : names.counters;
  const prologue = { at: startOf(syntax.tokens), text: `local ${declared}=("${digest}"):luacov_ts() ` };
  const all = hasRoom(null) && plan.figures.counters > 0 ? [prologue, ...insertions] : insertions;
  const probed = applied(
    text,
    all.toSorted((a, b) => a.at - b.at),
  );
  return {
    text: Buffer.from(probed, "latin1"),
    counters: plan.figures.counters,
  };
}

function startOf(tokens: Tokens): number {
  return tokens.start(0);
}

/** Names that occur nowhere in a text. */
function freeNames(text: string): ProbeNames {
  const taken = new Set(text.match(/\b[AB]\d*\b/g));
  const free = (letter: string) => {
    for (let number = 0; ; number++) {
      const name = number === 0 ? letter : `${letter}${number}`;
      if (!taken.has(name)) return name;
    }
  };
  return { counters: free("A"), test: free("B") };
}

/** What a dumped function is worth, and what upvalues are called by their numbers, must not depend on ours. */
function dependsOnUpvalues(text: string): boolean {
  return /\bstring\s*\.\s*dump\b|\b[gs]etupvalue\b|\bupvalue(?:join|id)\b/.test(text);
}
