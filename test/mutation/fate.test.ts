import { expect, test } from "vitest";
import { fateOf } from "../../src/mutation/run/fate.js";
import { runOn } from "../engine/contract.js";

const run = { file: "main.lua", lua: "fengari", names: null, timeout: 1 };

/** Programs, and whether they may only have been too slow. */
const endless: readonly (readonly [string, lua: string, isDoubtful: boolean])[] = [
  ["a loop", "while true do end", false],
  [
    "a loop that some calls are under way to",
    "local function f(n) if n == 0 then while true do end end return 1 + f(n - 1) end f(100)",
    false,
  ],
  [
    "what calls itself until the stack is full",
    "local function f() for _ = 1, 1000 do end return 1 + f() end f()",
    true,
  ],
  ["a call of a library", 'string.find(("a"):rep(40), ("a?"):rep(40) .. ("a"):rep(40))', true],
];

test.for(endless)("%s takes too long in fengari", async ([, text, isDoubtful]) => {
  const [ran] = await runOn("fengari", { "main.lua": text }, [{ file: "main.lua" }], {
    timeout: run.timeout,
  });
  const outcome = { exit: ran?.exit ?? { kind: "returned" }, results: [], duration: 1000 };
  expect(fateOf(outcome, run, false, "/")).toMatchObject({ kind: "timed out", isDoubtful });
});
