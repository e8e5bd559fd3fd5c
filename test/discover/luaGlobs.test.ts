import fc from "fast-check";
import { expect, test } from "vitest";
import { bySign, expandPatterns, listOf } from "../../src/discover/globs.js";
import { luaGlobs } from "../../src/discover/luaGlobs.js";
import { findMatch } from "../../src/luacov/pattern/match.js";
import { parsePattern } from "../../src/luacov/pattern/parse.js";

const step = fc.constantFrom("a", "b", "a-b", "a.lua", "*", "**", "?", "*.lua", "a*", "{a,b}", "{a,b/a}.lua");
const glob = fc.tuple(fc.constantFrom("", "", "!"), fc.array(step, { minLength: 1, maxLength: 4 }));
const name = fc.constantFrom("a", "b", "ab", "a-b", "a.lua", "b.lua", "axlua", ".lua");
const file = fc.array(name, { minLength: 1, maxLength: 4 }).map((steps) => steps.join("/"));

test("as Lua patterns, globs mean what they mean elsewhere", () => {
  fc.assert(
    fc.property(fc.array(glob, { minLength: 1, maxLength: 3 }), file, (parts, path) => {
      const globs = parts.map(([sign, steps]) => sign + steps.join("/"));
      const { plain, negated } = bySign(expandPatterns(globs));
      const isAsked = plain.length === 0 || listOf(plain).firstMatch(path) !== null;
      const { files, others } = luaGlobs(globs);
      const matches = (pattern: string) => findMatch(parsePattern(pattern), path) !== null;
      expect((files.length === 0 || files.some(matches)) && !others.some(matches)).toBe(
        isAsked && listOf(negated).firstMatch(path) === null,
      );
    }),
    { numRuns: 500 },
  );
});

test.for(["[ab]", "a\\*", "+(a)", "!@(a|b)"])("%s is more than they can say", (each) => {
  expect(() => luaGlobs([each])).toThrow(
    `trace cannot look for "${each}": of globs it knows *, **, ? and braces`,
  );
});
