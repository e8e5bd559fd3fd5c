import type { Options } from "luacov-ts";
import { type DebianLua, luas } from "./debianLua.js";

/** One of Debian's, or one of PUC-Rio's that is embedded. */
export type TestLua = DebianLua | (typeof embeddedLuas)[number];

export const embeddedLuas = ["5.1", "5.2", "5.3", "5.4", "5.5"] as const;

/** The Lua in which tests run what they run in fengari by themselves; null for that one. */
export const testLua: TestLua | null =
  [...luas, ...embeddedLuas].find((each) => each === process.env.TEST_LUA) ?? null;

/** The options of a run in it. */
export const inTestLua: Options = testLua === null ? {} : { lua: [testLua] };

/** A text in which results do not name it, as those of the embedded Lua name none. */
export function withoutLua(text: string): string {
  if (testLua === null) return text;
  return text
    .replaceAll(` (${testLua})`, "")
    .replaceAll(`\\t${testLua}`, "")
    .replaceAll(`"${testLua}"`, "null");
}

/** A text with tracebacks in words that all Luas have: each has its own for what a function is called by. */
export function inPlainWords(text: string): string {
  if (testLua === null) return text;
  return text
    .replace(/\bin (?:local|upvalue|field|method|global) '/g, "in function '")
    .replace(/\[C\]: (?:in \?|\?|at 0x[0-9a-f]+)$/gm, "[C]: in ?");
}

/** The Lua of the machine's that does what the Lua of the tests does; for 5.5, which Debian has not, one that is close. */
export const peerOfTestLua: DebianLua =
  luas.find((each) => each === testLua || each === `lua${testLua}`) ??
  (testLua === "5.5" ? "lua5.4" : "lua5.3");
