import fc from "fast-check";
import { expect, test } from "vitest";
import { luaMatcher } from "../../src/engine/fengari/configuration/bustedFile.js";
import { findMatch } from "../../src/luacov/pattern/match.js";
import { parsePattern } from "../../src/luacov/pattern/parse.js";

const find = (pattern: string, text: string) => findMatch(parsePattern(pattern), text);

test.for([
  ["src/shop", "src/shop/cart", "src/shop"],
  ["^test/", "spec/test/a", null],
  ["cart$", "src/shop/cart", "cart"],
  ["shop/[^/]+$", "installed/shop/cart", "shop/cart"],
  ["mymodule%/.+$", "x/mymodule/a/b", "mymodule/a/b"],
  ["%.lua", "a.lua", ".lua"],
  ["a-b", "aab", "aab"],
  ["(a)%1", "baa", "aa"],
  ["%b()", "f(a(b)c)d", "(a(b)c)"],
  ["%f[%w]%w+", "--ab", "ab"],
  ["[]]", "a]", "]"],
  ["[^]a]", "]ab", "b"],
  ["[a-]", "-", "-"],
  ["[%a-z]+", "a-z", "a-z"],
  ["^$", "", ""],
  ["a$b", "a$b", "a$b"],
  ["()x", "ax", "x"],
] as const)("%s finds in %s what Lua finds", ([pattern, text, expected]) => {
  expect(find(pattern, text)).toBe(expected);
});

test.for([
  ["%", "malformed pattern (ends with '%')"],
  ["[a", "malformed pattern (missing ']')"],
  ["[]", "malformed pattern (missing ']')"],
  ["[%", "malformed pattern (missing ']')"],
  ["%b(", "malformed pattern (missing arguments to '%b')"],
  ["%fa", "missing '[' after '%f' in pattern"],
  ["(a", "unfinished capture"],
  ["a)", "invalid pattern capture"],
  ["%1", "invalid capture index %1"],
  ["(a%1)", "invalid capture index %1"],
] as const)("%s is malformed", ([pattern, message]) => {
  expect(() => parsePattern(pattern)).toThrow(message);
});

test("any pattern finds what Lua's own functions find", () => {
  const piece = fc.constantFrom(
    ..."ab/.-*+?$^()[]%".split(""),
    ..."%a %d %w %W %s %p %c %. %- %b() %f[a] %1 [ab] [^a] [a-c] [%w_] (a) () .- .* a+ b?".split(" "),
  );
  const pattern = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(""));
  const text = fc
    .array(fc.constantFrom(..."aabbc/._-() 1A\n\x80\x7f".split("")), { maxLength: 10 })
    .map((each) => each.join(""));
  fc.assert(
    fc.property(pattern, text, (pattern, text) => {
      const parsed = attempt(() => find(pattern, text) !== null);
      // Lua only sees a mistake that it comes to.
      if (parsed !== "malformed") expect(parsed).toBe(attempt(() => luaMatcher([pattern])(text)));
    }),
    { numRuns: 150 },
  );
});

function attempt(action: () => boolean): boolean | "malformed" {
  try {
    return action();
  } catch {
    return "malformed";
  }
}
