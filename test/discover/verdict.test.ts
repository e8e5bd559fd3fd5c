import { createRequire } from "node:module";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verdict } from "../../src/discover/verdict.js";
import type { Scope } from "../../src/types.js";

/** What nyc itself asks; it comes with nyc and without types. */
interface Asked {
  shouldInstrument(file: string): boolean;
}
type Settings = Pick<Scope, "include" | "exclude" | "extension"> & { readonly cwd: string };
const TestExclude: new (settings: Settings) => Asked = createRequire(import.meta.url)("test-exclude");

const root = path.resolve("/project");

function scope(settings: Partial<Scope>): Scope {
  return { root, tests: [], include: [], exclude: [], extension: [".lua"], ...settings };
}

function measured(settings: Partial<Scope>, name: string): boolean {
  return verdict(scope(settings), path.join(root, name)).measured;
}

test("every verdict has its reason", () => {
  const settings = scope({
    tests: [path.join(root, "src/a_test.lua")],
    include: ["src", "lib/**", "!src/gen"],
    exclude: ["**/*.min.lua", "src/old/", "!src/old/keep.lua"],
    extension: [".lua", ".moon"],
  });
  const reasons = {
    "src/a.lua": "under the project root",
    "lib/deep/a.moon": "under the project root",
    "src/old/keep.lua": "under the project root",
    "src/a_test.lua": "a test file of this run",
    "src/a.txt": "no extension of .lua, .moon",
    "other/a.lua": "matched by no include pattern",
    "src/gen/a.lua": "excluded by src/gen",
    "src/x.min.lua": "excluded by **/*.min.lua",
    "src/old/a.lua": "excluded by src/old/",
    "lib/lua_modules/a.lua": "excluded by **/lua_modules/**",
    "lib/node_modules/a.lua": "excluded by **/node_modules/**",
    "lib/.luarocks/a.lua": "excluded by **/.luarocks/**",
    "../a.lua": "outside the project root /project",
    "..a.lua": "matched by no include pattern",
  };
  const found = Object.keys(reasons).map((name) => [name, verdict(settings, path.join(root, name)).reason]);
  expect(Object.fromEntries(found)).toEqual(reasons);
});

test("code of tests is told from what it tests by its place and its name, where there are tests", () => {
  const settings = scope({
    tests: [path.join(root, "unit/a.lua")],
    helper: path.join(root, "prepare.lua"),
    exclude: ["!spec/tools/**", "!**/test_bench.lua"],
  });
  const reasons = {
    "unit/a.lua": "a test file of this run",
    "prepare.lua": "the helper of this run",
    "spec/support/x.lua": "in the folder of tests spec",
    "test/x.lua": "in the folder of tests test",
    "tests/deep/er/x.lua": "in the folder of tests tests",
    "src/x_spec.lua": "named as a test",
    "src/x_spec_helper.lua": "named as a test",
    "src/x.test.lua": "named as a test",
    "src/x-test.lua": "named as a test",
    "src/test_x.lua": "named as a test",
    "test.lua": "named as a test",
    "tests.lua": "named as a test",
    "spec/tools/x.lua": "under the project root",
    "src/test_bench.lua": "under the project root",
    "src/test.lua": "under the project root",
    "src/spec/x.lua": "under the project root",
    "src/tests.lua": "under the project root",
    "src/latest.lua": "under the project root",
    "src/contest_x.lua": "under the project root",
    "spec.lua": "under the project root",
    "specs/x.lua": "under the project root",
  };
  const found = Object.keys(reasons).map((name) => [name, verdict(settings, path.join(root, name)).reason]);
  expect(Object.fromEntries(found)).toEqual(reasons);
  const alone = scope({});
  expect(Object.keys(reasons).filter((name) => !verdict(alone, path.join(root, name)).measured)).toEqual([]);
});

test("a negated pattern takes even other people's code back in", () => {
  const settings = { exclude: ["!lua_modules/mine/**"] };
  expect(measured(settings, "lua_modules/mine/a.lua")).toBe(true);
  expect(measured(settings, "lua_modules/other/a.lua")).toBe(false);
});

test("patterns that mean nothing match nothing", () => {
  for (const pattern of ["!", "[", "(", "{", "*".repeat(50)]) {
    expect(typeof measured({ include: [pattern], exclude: [pattern] }, "a.lua")).toBe("boolean");
  }
  expect(measured({ exclude: ["!", "["] }, "a.lua")).toBe(true);
});

const segment = fc.constantFrom("a", "b", "ab", ".a", "a.lua");
const file = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.constantFrom("a.lua", "b.lua", ".a.lua", "ab.lua", "a.txt"))
  .map(([folders, name]) => [...folders, name].join("/"));
// Without `!(…)`, which micromatch reads more narrowly than minimatch: `a/!(a).lua` leaves out a/ab.lua too.
const glob = fc
  .tuple(
    fc.array(fc.constantFrom("a", "b", "ab", "*", "**", "?", ".a", "[ab]", "{a,b}"), { maxLength: 3 }),
    fc.constantFrom("a.lua", "*.lua", "a", "**", "*", "?.lua", "{a,b}.lua", "*.{lua,txt}", "+(a|b).lua"),
    fc.constantFrom("", "", "/"),
  )
  .map(([folders, name, end]) => [...folders, name].join("/") + end)
  // Two ** in a row (nyc adds one after a "/" at the end) need a folder between them in minimatch 3.
  .filter((pattern) => !/\*\*\/(\*\*|$)/.test(pattern));
const patterns = fc.array(
  fc.tuple(fc.constantFrom("", "", "!"), glob).map(([sign, pattern]) => sign + pattern),
  { maxLength: 3 },
);

test("include and exclude mean what they mean in nyc", () => {
  const property = fc.property(file, patterns, patterns, (name, include, exclude) => {
    // nyc measures nothing at all when every include pattern is negated, which nobody can want; here such a
    // list takes files out of everything, as one would read it.
    fc.pre(include.length === 0 || include.some((pattern) => !pattern.startsWith("!")));
    const nyc = new TestExclude({ cwd: root, include, exclude, extension: [".lua"] });
    expect(measured({ include, exclude }, name)).toBe(nyc.shouldInstrument(path.join(root, name)));
  });
  fc.assert(property, { numRuns: 3000 });
});
