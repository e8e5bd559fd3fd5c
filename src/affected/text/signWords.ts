/** The words by which a text may look at what its program does not execute. */

import type { Sight } from "./textSigns.js";

/** Names, fields and whole strings, each with what is seen by it. */
const sightOf: ReadonlyMap<string, Sight> = new Map([
  ...words("lines", "getinfo linedefined lastlinedefined activelines"),
  ...words("stack", "traceback currentline sethook"),
  ...words("errors", "pcall xpcall resume __close"),
  ...words("inside", "collectgarbage gcinfo dump nups nparams isvararg"),
  ...words("inside", "getupvalue setupvalue upvalueid upvaluejoin getlocal setlocal"),
  ...words("inside", "funcinfo funcbc funck funcuvname jit.util jit.bc jit.dump jit.v"),
]);

/** What a library can do to which anything may be asked of. */
const sightsOfLibrary: ReadonlyMap<string, readonly Sight[]> = new Map([
  ["debug", ["lines", "stack", "inside"]],
  ["coroutine", ["errors"]],
  ["os", ["variable"]],
]);

/** What is seen where such words stand in a text of another kind, or in a string that may become Lua. */
const patterns: readonly (readonly [RegExp, Sight])[] = [
  [/\b(?:getinfo|(?:last)?linedefined|activelines)\b/, "lines"],
  [/\b(?:traceback|currentline|sethook)\b/, "stack"],
  [/\b(?:x?pcall|__close)\b|\bcoroutine\s*\.\s*(?:resume|wrap)\b/, "errors"],
  [/\b(?:nups|nparams|isvararg|gcinfo|[gs]et(?:upvalue|local)|upvalue(?:id|join))\b/, "inside"],
  [/\b(?:string\s*\.\s*dump|collectgarbage\W+count|func(?:info|bc|k|uvname))\b/, "inside"],
  [/\bgetenvs?\b/, "variable"],
];

function words(sight: Sight, text: string): readonly (readonly [string, Sight])[] {
  return text.split(" ").map((word) => [word, sight]);
}

export function sightOfWord(word: string): Sight | null {
  return sightOf.get(word) ?? null;
}

export function sightsOfLibraryNamed(name: string): readonly Sight[] {
  return sightsOfLibrary.get(name) ?? [];
}

/** Whether words stand in a text that make it worth while to read it as Lua. */
export function hasWords(text: string): boolean {
  return sightsIn(text).length > 0 || /\b(?:debug|coroutine|os|jit|ffi)\b/.test(text);
}

export function sightsIn(text: string): Sight[] {
  return patterns.flatMap(([pattern, sight]) => (pattern.test(text) ? [sight] : []));
}
