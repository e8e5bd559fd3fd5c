import { badPattern } from "../errors.js";
import { findMatch } from "../luacov/pattern/match.js";
import { type LuaPattern, parsePattern } from "../luacov/pattern/parse.js";

/** Says whether one of some Lua patterns is found in a name. Throws CONFIG for what is no pattern. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const parsed = patterns.map((pattern) => parsedOr(pattern, pattern));
  return (name) => parsed.some((pattern) => findMatch(pattern, name) !== null);
}

/** Throws CONFIG for what is no Lua pattern, which Lua would say only where it is looked for. */
export function checkPatterns(patterns: readonly string[]): void {
  // Lua sees bytes, of which a character may have several.
  for (const pattern of patterns) parsedOr(pattern, Buffer.from(pattern).toString("latin1"));
}

function parsedOr(pattern: string, text: string): LuaPattern {
  try {
    return parsePattern(text);
  } catch (cause) {
    throw badPattern(pattern, cause);
  }
}
