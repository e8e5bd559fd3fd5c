import type { Options } from "luacov-ts";
import { type DebianLua, luas } from "./debianLua.js";

/** The Lua in which tests run what they run in the embedded one by themselves; null for that one. */
export const testLua: DebianLua | null = luas.find((each) => each === process.env.TEST_LUA) ?? null;

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
