import type { Syntax } from "../../source/syntax.js";
import type { FunctionDeclaration } from "../../source/tree.js";
import { digestOf } from "./digest.js";
import { applied, codeOf, type Insertion, type ProbeNames } from "./insertions.js";
import { localCounters } from "./localCounters.js";
import { type ProbePlan, planProbes } from "./plan/plan.js";
import { tightPlaces } from "./plan/tightFunctions.js";
import { isSameRoom, type Room, roomFor } from "./room.js";

export interface ProbeOptions {
  /** How many upvalues a function may have: 60 in Lua 5.1 and LuaJIT, else 255. */
  readonly upvalues: 60 | 255;
}

/** A text that counts what it does, on the same lines, and how many counters it needs. */
export interface ProbedText {
  readonly text: Uint8Array;
  readonly counters: number;
}

/** The probed texts for all Luas, and how many counters each needs. */
export interface ProbedCopies {
  readonly counters: number;
  /** The places of functions that have no room for probes, as in `LineHits`. */
  readonly tight: readonly string[];
  /** For functions of up to 255 upvalues, and for 60 where that differs. */
  readonly copy: Uint8Array;
  readonly copyFor60: Uint8Array | null;
}

/**
 * Puts probes into a copy of a text. It gets at its counters through `("<digest>"):luacov_ts()`: the table of counters,
 * all 0 at first, and a function that counts the truth of its second argument under the number in its first one, or
 * under the next number, and gives that argument back. Where counters are locals, a function that returns their numbers and
 * counts is the argument. Where no local or upvalue is left, the method does this itself.
 */
export function insertProbes(source: Uint8Array, syntax: Syntax, { upvalues }: ProbeOptions): ProbedText {
  const inserting = beginInserting(syntax, digestOf(source));
  const text = insertAll(inserting, placesOf(inserting, upvalues));
  return { text, counters: inserting.plan.figures.counters };
}

/** Puts probes into as many copies of a text as the Luas need. `digest` is that of the text. */
export function insertProbesForAll(source: Uint8Array, syntax: Syntax, digest: string): ProbedCopies {
  const inserting = beginInserting(syntax, digest);
  const [places, places60] = [placesOf(inserting, 255), placesOf(inserting, 60)];
  return {
    counters: inserting.plan.figures.counters,
    tight: tightPlaces(inserting.plan, source),
    copy: insertAll(inserting, places),
    copyFor60: areSame(places, places60) ? null : insertAll(inserting, places60),
  };
}

/** What all copies of a text have in common. */
interface Inserting {
  readonly syntax: Syntax;
  readonly text: string;
  readonly digest: string;
  readonly plan: ProbePlan;
  readonly names: Omit<ProbeNames, "isLocal">;
  /** How many locals the main function declares for its probes. */
  readonly locals: number;
  readonly dependsOnUpvalues: boolean;
}

function beginInserting(syntax: Syntax, digest: string): Inserting {
  const text = syntax.text({ start: 0, end: Number.POSITIVE_INFINITY });
  const plan = planProbes(syntax);
  const usesTest = plan.insertions.some(({ code }) => code.kind === "test" || code.kind === "begin");
  const locals = usesTest ? 2 : 1;
  return {
    syntax,
    text,
    digest,
    plan,
    names: freeNames(text),
    locals,
    dependsOnUpvalues: dependsOnUpvalues(text),
  };
}

/** Where the counters of one copy are. */
interface Places {
  readonly room: Room;
  /** Those that are locals, in their order. */
  readonly locals: readonly number[];
}

function placesOf(inserting: Inserting, upvalues: 60 | 255): Places {
  const { plan, locals, dependsOnUpvalues } = inserting;
  const needed = dependsOnUpvalues ? Number.POSITIVE_INFINITY : locals;
  const room = roomFor(plan.sites, needed, upvalues);
  return { room, locals: localCounters(plan, { room, needed, upvalues }) };
}

function areSame(one: Places, other: Places): boolean {
  return isSameRoom(one.room, other.room) && one.locals.join() === other.locals.join();
}

function insertAll(inserting: Inserting, { room, locals }: Places): Uint8Array {
  const { syntax, text, digest, plan } = inserting;
  const hasRoom = (fn: FunctionDeclaration | null) => (fn === null ? room.main : !room.full.has(fn));
  const isLocal = new Set(locals);
  const names = { ...inserting.names, isLocal: (counter: number) => isLocal.has(counter) };
  const prologue: Insertion = {
    at: syntax.tokens.start(0),
    fn: null,
    code: { kind: "text", text: prologueOf(inserting, locals) },
  };
  const all = room.main && plan.figures.counters > 0 ? [prologue, ...plan.insertions] : plan.insertions;
  const wordsOf = ({ fn, code }: Insertion) => codeOf(code, hasRoom(fn) ? names : null, digest);
  return Buffer.from(applied(text, all, wordsOf), "latin1");
}

/** Where counters are locals, the method gets a function that returns the numbers and counts of them. */
function prologueOf({ names, digest, locals: needed }: Inserting, locals: readonly number[]): string {
  const declared = needed === 2 ? `${names.counters},${names.test}` : names.counters;
  const method = `("${digest}"):luacov_ts`;
  if (locals.length === 0) return `local ${declared}=${method}() `;
  const own = locals.map((counter) => `${names.local}${counter}`);
  const zeros = locals.map(() => "0").join();
  const counts = locals.map((counter, index) => `${counter},${own[index]}`).join();
  return `local ${declared} local ${own.join()}=${zeros} ${declared}=${method}(function()return ${counts} end) `;
}

/** Names that occur nowhere in a text. */
function freeNames(text: string): Omit<ProbeNames, "isLocal"> {
  const taken = new Set(text.match(/\b[AB]\d*\b/g));
  const numbered = new Set(Array.from(text.matchAll(/\b(C_*)\d+\b/g), ([, prefix]) => prefix));
  const free = (letter: string) => {
    for (let number = 0; ; number++) {
      const name = number === 0 ? letter : `${letter}${number}`;
      if (!taken.has(name)) return name;
    }
  };
  let local = "C";
  while (numbered.has(local)) local += "_";
  return { counters: free("A"), test: free("B"), local };
}

/** What a dumped function is worth, and what upvalues are called by their numbers, must not depend on ours. */
function dependsOnUpvalues(text: string): boolean {
  return /\bstring\s*\.\s*dump\b|\b[gs]etupvalue\b|\bupvalue(?:join|id)\b/.test(text);
}
