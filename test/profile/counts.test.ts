import path from "node:path";
import fc from "fast-check";
import { loadConfig, run } from "luacov-ts";
import { expect } from "vitest";
import { functionTotals } from "../../src/profile/functions.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** What a function does in turn, to one that stands behind it. */
type Step = { readonly kind: (typeof kinds)[number]; readonly target: number };

const kinds = ["call", "tail call", "protected call", "coroutine", "yield", "error"] as const;

/** Programs of some functions, each of which calls only later ones. */
const programs = fc.array(
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), target: fc.nat(5) }), { maxLength: 4 }),
  { minLength: 2, maxLength: 6 },
);

function statement({ kind, target }: Step, own: number, count: number): string {
  const callee = own + 1 + target;
  if (kind === "error") return `  if depth == ${own} then error("x", 0) end`;
  if (kind === "yield") return "  if isIn then coroutine.yield(1) end";
  if (callee >= count) return "  local nothing = depth";
  const call = `M.f${callee}(depth + 1, isIn)`;
  if (kind === "call") return `  local result = ${call}`;
  if (kind === "tail call") return `  if depth % 2 == 1 then return ${call} end`;
  if (kind === "protected call") return `  pcall(M.f${callee}, depth + 1, isIn)`;
  return `  local thread = coroutine.create(M.f${callee})
  while coroutine.status(thread) ~= "dead" do coroutine.resume(thread, depth + 1, true) end`;
}

function moduleText(program: readonly (readonly Step[])[]): string {
  const functions = program.map((steps, index) =>
    [
      `function M.f${index}(depth, isIn)`,
      ...steps.map((step) => statement(step, index, program.length)),
      "  return depth",
      "end",
    ]
      .join("\n")
      // Nothing may follow a return.
      .replace(/\n {2}return depth\nend$/, "\n  do return depth end\nend"),
  );
  return ["local M = {}", ...functions, "return M", ""].join("\n");
}

const files = (texts: readonly string[]) =>
  Object.fromEntries(texts.map((text, index) => [`src/m${index}.lua`, text]));

/** Programs in one run, so that Lua starts once. */
async function counts(lua: string, texts: readonly string[]) {
  const calls = texts.map((_, index) => `pcall(dofile("src/m${index}.lua").f0, 0, false)`);
  const cwd = makeFolder({ ...files(texts), "test/main.lua": calls.join("\n") });
  process.chdir(cwd);
  const config = await loadConfig({
    cwd,
    lua,
    profile: true,
    profileMode: "exact",
    jobs: 1,
    reporter: ["none"],
  });
  const { profile, coverage } = await run(config, { patterns: [path.join(cwd, "test")] });
  if (profile === null) throw new Error("a profile was asked for");
  const profiled = functionTotals(profile)
    .filter(({ fn }) => fn.kind === "Lua" && fn.file?.includes("/src/"))
    .map(({ fn, calls: times }) => [`${fn.file}:${fn.line}`, times] as const);
  const covered = Object.values(coverage).flatMap(({ path: file, fnMap, f }) =>
    Object.entries(fnMap).flatMap(([id, { decl }]) => {
      const times = f[id] ?? 0;
      return times === 0 ? [] : [[`${file}:${decl.start.line}`, times] as const];
    }),
  );
  return { profiled: Object.fromEntries(profiled), covered: Object.fromEntries(covered) };
}

for (const [lua, tools] of [
  ["fengari", []],
  ["5.4", []],
  ["lua5.1", ["lua5.1"]],
  ["luajit", ["luajit"]],
] as const) {
  testWith(...tools)(`${lua}: a profile counts calls as coverage does`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(programs, { minLength: 8, maxLength: 8 }), async (several) => {
        const { profiled, covered } = await counts(lua, several.map(moduleText));
        expect(Object.keys(covered)).not.toEqual([]);
        expect(profiled).toEqual(covered);
      }),
      { numRuns: 3 },
    );
  });
}
