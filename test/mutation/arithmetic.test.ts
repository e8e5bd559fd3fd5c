import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import type { MutationResult } from "luacov-ts";
import { expect, test } from "vitest";
import { root } from "../command.js";
import { testWith } from "../support/tools.js";
import { fatesIn, makeMutationProject, mutatedIn } from "./project.js";

const listing = path.join(import.meta.dirname, "arithmetic.txt");

/** Which of its texts the test of the parser comes to first is up to pairs: one of them ends in an error, others never end. */
const byChance = /^(src\/lexer\.lua:32:65 ArithmeticOperator) (?:Killed|Timeout)$/;

function run(lua: string, sandbox: boolean, sources: readonly string[]): Promise<MutationResult> {
  const folder = makeMutationProject({});
  cpSync(path.join(root, "examples/arithmetic"), folder, { recursive: true });
  return mutatedIn(folder, { luaPath: "src/?.lua", tests: "test", lua, sandbox }, { sources });
}

test("the fate of each mutant of the calculator is known", async () => {
  const fates = fatesIn(await run("fengari", true, [])).map((fate) =>
    fate.replace(byChance, "$1 Killed or Timeout"),
  );
  await expect(`${fates.join("\n")}\n`).toMatchFileSnapshot(listing);
});

/** Some of the parser's: a second for each of the lexer's that do not end would be too much. */
async function runOthers(lua: string, sandbox: boolean): Promise<void> {
  const fates = fatesIn(await run(lua, sandbox, ["src/parser.lua:52-66"]));
  const known = readFileSync(listing, "utf8").split("\n");
  expect(fates.length).toBeGreaterThan(20);
  expect(fates.filter((fate) => !known.includes(fate))).toEqual([]);
}

test("it is the same in embedded 5.4", () => runOthers("5.4", true));
testWith("lua5.4")("it is the same in lua5.4", () => runOthers("lua5.4", false));
testWith("luajit")("it is the same in LuaJIT", () => runOthers("luajit", false));
