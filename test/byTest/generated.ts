import fc from "fast-check";

/** A suite: some modules, and specs that call their functions. */
export interface Suite {
  readonly files: Readonly<Record<string, string>>;
  /** The full names of the tests of the spec. */
  readonly names: readonly string[];
}

const bodies = [
  "if n > 2 then t[#t + 1] = n elseif n == 1 then return n else t = {} end",
  "for i = 1, n do if i % 2 == 0 then t[#t + 1] = i end end",
  "while n > 0 do n = n - 1 if n == 3 then break end end",
  "repeat n = n - 1 until n < 1 or n == 5",
  "local ok = pcall(function() if n > 1 then error('x') end t.x = 1 end) if not ok then t.y = 2 end",
  "local co = coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) for _ = 1, n do co() end",
  "local x = n > 1 and t or n > 0 and {} or nil if x and n < 4 then t = x end",
  "local function inner(k) if k <= 0 then return 0 end return inner(k - 1) end inner(n)",
  "-- luacov: disable\nif n > 3 then t.z = 1 end\n-- luacov: enable",
  "t.x = (t.x or n < 3 and 0 or 1) + n",
] as const;

const moduleText = fc.array(fc.array(fc.constantFrom(...bodies), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
});

const call = fc.record({
  module: fc.nat(2),
  fn: fc.nat(3),
  n: fc.nat(6),
  times: fc.integer({ min: 1, max: 3 }),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
const calls = fc.array(call, { maxLength: 3 });
const hooks = fc.record({ setup: calls, lazy: calls, before: calls, after: calls, teardown: calls });
type Hooks = typeof hooks extends fc.Arbitrary<infer T> ? T : never;
const block = fc.record({ hooks, body: calls, tests: fc.array(calls, { minLength: 1, maxLength: 3 }) });

export const suites: fc.Arbitrary<Suite> = fc
  .record({
    modules: fc.array(moduleText, { minLength: 3, maxLength: 3 }),
    top: calls,
    outer: block,
    inner: fc.array(block, { maxLength: 2 }),
  })
  .map(({ modules, top, outer, inner }) => {
    const sizes = modules.map((functions) => functions.length);
    const text = (all: readonly Call[]) =>
      all
        .map(({ module, fn, n, times }) => {
          const name = `M${module}.f${fn % (sizes[module] ?? 1)}`;
          return `for _ = 1, ${times} do pcall(${name}, ${n}) end`;
        })
        .join(" ");
    const names: string[] = [];
    // Those of a block that has none of the tests run all the same, so that a test that runs alone has more than its own.
    const hooksText = ({ setup, lazy, before, after, teardown }: Hooks, kind: "strict" | "lazy") => [
      `${kind}_setup(function() ${text(setup)} end)`,
      `lazy_setup(function() ${text(lazy)} end)`,
      `before_each(function() ${text(before)} end)`,
      `after_each(function() ${text(after)} end)`,
      `${kind}_teardown(function() ${text(teardown)} end)`,
    ];
    const tests = (all: readonly (readonly Call[])[], prefix: string) =>
      all.map((each, index) => {
        names.push(`${prefix} t${index}`);
        return `it("t${index}", function() ${text(each)} end)`;
      });
    const innerText = inner.map(({ hooks: own, body, tests: all }, index) =>
      [
        `describe("i${index}", function()`,
        text(body),
        ...hooksText(own, "lazy"),
        ...tests(all, `o i${index}`),
        "end)",
      ].join("\n"),
    );
    const spec = [
      ...modules.map((_, index) => `local M${index} = require "m${index}"`),
      text(top),
      `describe("o", function()`,
      text(outer.body),
      ...hooksText(outer.hooks, "strict"),
      ...tests(outer.tests, "o"),
      ...innerText,
      "end)",
    ].join("\n");
    const files = Object.fromEntries(
      modules.map((functions, index) => [`m${index}.lua`, moduleOf(functions)]),
    );
    return { files: { ...files, "spec/a_spec.lua": spec }, names };
  });

function moduleOf(functions: readonly (readonly string[])[]): string {
  const texts = functions.map(
    (parts, index) => `function M.f${index}(n)\n  local t = {}\n  ${parts.join("\n  ")}\n  return t\nend`,
  );
  return ["local M = {}", ...texts, "return M", ""].join("\n");
}
