import fc from "fast-check";

/** A project of some modules, and specs that call their functions. */
export interface Generated {
  readonly files: Readonly<Record<string, string>>;
  readonly modules: readonly string[];
}

/** What functions do. No change of one place makes any of it go on for ever: loops and recursion end for two reasons. */
const bodies = [
  "if n > 2 then t[#t + 1] = n elseif n == 1 then return n else t = {} end",
  "for i = 1, n do\n    if i % 2 == 0 then t[#t + 1] = i end\n  end",
  "while n > 0 and #t < 30 do t[#t + 1] = n n = n - 1 if n == 3 then break end end",
  "repeat t[#t + 1] = n n = n - 1 until n < 0 or #t > 30",
  "local ok = pcall(function() if n > 1 then error('x') end t.x = 1 end) if not ok then t.y = 2 end",
  "local co = coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)\n  for _ = 1, n do co() end",
  "local x = n > 1 and t\n    or n > 0 and {}\n    or nil if x and n < 4 then t = x end",
  "local function inner(k, depth)\n    if k > 0 then if depth < 9 then return inner(k - 1, depth + 1) end end\n    return 0\n  end inner(n, 0)",
  "-- luacov: disable\n  if n > 3 then t.z = 1 end\n  -- luacov: enable",
  "t.x = (t.x or n < 3 and 0 or 1) + n",
  "M.calls = (M.calls or 0) + 1",
] as const;

const fn = fc.record({
  parts: fc.array(fc.constantFrom(...bodies), { minLength: 1, maxLength: 3 }),
  /** A function of an earlier module that it calls. */
  calls: fc.option(fc.record({ module: fc.nat(3), fn: fc.nat(3) }), { nil: null }),
});
const module = fc.array(fn, { minLength: 1, maxLength: 4 });
const call = fc.record({ module: fc.nat(3), fn: fc.nat(3), n: fc.nat(5) });
const spec = fc.record({
  tests: fc.array(fc.array(call, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  before: fc.option(call, { nil: null }),
  seesLine: fc.option(fc.nat(3), { nil: null }),
  reads: fc.boolean(),
});

type Module = typeof module extends fc.Arbitrary<infer T> ? T : never;
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;

export const projects: fc.Arbitrary<Generated> = fc
  .record({
    modules: fc.array(module, { minLength: 4, maxLength: 4 }),
    specs: fc.array(spec, { minLength: 4, maxLength: 5 }),
  })
  .map(({ modules, specs }) => {
    const texts = modules.map((functions, index) => moduleText(functions, index, modules));
    const named = Object.fromEntries(texts.map((text, index) => [`src/m${index}.lua`, text]));
    const own = specs.map(
      (each, index) => [`spec/s${index}_spec.lua`, specText(each, modules, texts)] as const,
    );
    return {
      files: { ...named, ...Object.fromEntries(own), "data/words.txt": "some words\n" },
      modules: Object.keys(named),
    };
  });

function moduleText(functions: Module, index: number, all: readonly Module[]): string {
  const texts = functions.map(({ parts, calls }, number) => {
    const called = calls === null || index === 0 ? null : calls.module % index;
    const size = called === null ? 1 : (all[called]?.length ?? 1);
    const line =
      called === null ? "" : `\n  pcall(require("src.m${called}").f${(calls?.fn ?? 0) % size}, n - 1)`;
    return `function M.f${number}(n)\n  local t = {}\n  ${parts.join("\n  ")}${line}\n  return t\nend`;
  });
  return [
    "local M = {}",
    ...texts,
    `function M.bad() error("bad") end`,
    `function M.words() local f = io.open("data/words.txt") local t = f:read("*a") f:close() return t end`,
    "return M",
    "",
  ].join("\n");
}

function specText(
  { tests, before, seesLine, reads }: Spec,
  modules: readonly Module[],
  texts: readonly string[],
): string {
  const text = ({ module: at, fn: number, n }: Call) => {
    const size = modules[at]?.length ?? 1;
    return `assert.is_truthy(require("src.m${at}").f${number % size}(${n}))`;
  };
  const lineOf = (at: number) =>
    (texts[at] ?? "").split("\n").findIndex((line) => line.startsWith("function M.bad")) + 1;
  return [
    `describe("s", function()`,
    ...(before === null ? [] : [`before_each(function() ${text(before)} end)`]),
    ...tests.map((calls, index) => `it("t${index}", function() ${calls.map(text).join(" ")} end)`),
    ...(seesLine === null
      ? []
      : [
          `it("sees", function() local _, e = pcall(require("src.m${seesLine}").bad) assert.equal("./src/m${seesLine}.lua:${lineOf(seesLine)}: bad", e) end)`,
        ]),
    ...(reads
      ? [`it("reads", function() assert.equal("some words\\n", require("src.m0").words()) end)`]
      : []),
    "end)",
    "",
  ].join("\n");
}
