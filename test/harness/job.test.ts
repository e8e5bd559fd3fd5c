import { symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { orders } from "../../src/engine/fengari/collect/orders.js";
import { runJob } from "../../src/harness/run/embedded/job.js";
import type { Outcome, Program } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";

function run(
  folder: string,
  file: string,
  interrupt = new Int32Array(1),
  program: Partial<Program> = {},
): Outcome {
  const scope = {
    root: folder,
    tests: [path.join(folder, file)],
    include: [],
    exclude: ["skipped.lua"],
    extension: [".lua"],
  };
  const started = { file: path.join(folder, file), args: [], packagePath: `${folder}/?.lua`, ...program };
  return runJob({ program: started, scope, test: null }, interrupt);
}

/** Programs, then how they end in busted's words and with which message. */
const endings: readonly (readonly [lua: string, status: string, message: string])[] = [
  ["return 1", "success", ""],
  ["os.exit(0)", "success", ""],
  ["os.exit(true)", "success", ""],
  ["os.exit(2)", "failure", "os.exit was called with code 2"],
  ["os.exit(false)", "failure", "os.exit was called with code 1"],
  ["error('x', 0)", "error", "x"],
  ["error()", "error", "(error object is a nil value)"],
  ["error(setmetatable({}, { __tostring = function() return 'told' end }))", "error", "told"],
  ["local function f() return 1 + f() end f()", "error", "stack overflow"],
  ["assert(false)", "error", "assertion failed!"],
  ["x = ", "error", "unexpected symbol near <eof>"],
];

test.for(endings)("%s ends in %s", ([lua, status, message]) => {
  const {
    results: [result],
    interrupted,
  } = run(makeFolder({ "a.lua": lua }), "a.lua");
  expect([result?.status, interrupted]).toEqual([status, false]);
  expect(result?.message).toContain(message);
  expect(result?.message === "").toBe(status === "success");
});

test("a chunk belongs to the real file that its name stands for; hits of all its loads add up", () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "skipped.lua": "return 1",
    "a.lua": `local here = arg[0]:match("^(.*)/")
      for _, name in ipairs { "m", "./m", "x/../m", "link", "skipped" } do dofile(here .. "/" .. name .. ".lua") end
      require "m"
      load("return 1", "@" .. here .. "/gone.lua")()
      load("return 1", "@" .. here)()
      load("return 1", "@")()
      load("return 1", "@a\\0b")()
      load("return 1")()`,
    "x/y.lua": "",
  });
  symlinkSync("m.lua", path.join(folder, "link.lua"));
  const {
    hits,
    results: [result],
    loaded,
    notFiles,
  } = run(folder, "a.lua");
  expect(result?.message).toBe("");
  const lines = Object.entries(hits.bytecode).map(([file, shapes]) => [
    path.relative(folder, file),
    Object.values(shapes).map(({ lines }) => lines[1]),
  ]);
  expect(lines).toEqual([["m.lua", [5]]]);
  expect(loaded).toContain(path.join(folder, "skipped.lua"));
  expect(notFiles).toContain(path.join(folder, "gone.lua"));
});

test("an interruption ends the program before its first line and says so", () => {
  const interrupt = new Int32Array([1]);
  const {
    results: [result],
    interrupted,
  } = run(makeFolder({ "a.lua": "while true do end" }), "a.lua", interrupt);
  expect([result?.status, result?.message, interrupted]).toEqual(["error", "interrupted", true]);
});

test("a limit of time that is over while our own runner starts names the file", () => {
  const folder = makeFolder({ "a.lua": "it('runs', function() end)" });
  const file = path.join(folder, "a.lua");
  const steps = [{ kind: "tests", style: "spec", file, settings: {} }] as const;
  const { results } = run(folder, "a.lua", new Int32Array([orders.timeout]), { steps });
  expect(results.map(({ status, message }) => [status, message])).toEqual([
    ["error", `timed out at ${file}`],
  ]);
});
