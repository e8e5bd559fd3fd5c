import { badPattern } from "../errors.js";
import { findMatch } from "../luacov/pattern/match.js";
import { parsePattern } from "../luacov/pattern/parse.js";

/** Says whether one of some Lua patterns is found in a name. Throws CONFIG for what is no pattern. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const parsed = patterns.map((pattern) => {
    try {
      return parsePattern(pattern);
    } catch (cause) {
      throw badPattern(pattern, cause);
    }
  });
  return (name) => parsed.some((pattern) => findMatch(pattern, name) !== null);
}
