import path from "node:path";
import { expect } from "vitest";
import { root } from "../command.js";
import { type Case, type Comparable, comparable, folder, named, theirs } from "../harness/specs/cases.js";
import { type DebianLua, luas } from "../support/debianLua.js";
import { testWith } from "../support/tools.js";
import { runNative } from "./native.js";

for (const lua of luas) {
  testWith(lua, "busted").for(named)(`%s, by busted itself on ${lua}`, ([, each]) => {
    expect(ours(each, lua).map(withoutProgram)).toEqual(theirs(each, lua).map(withoutProgram));
  });
}

function ours({ file, settings = {}, arguments: args = [] }: Case, lua: DebianLua): Comparable[] {
  const name = path.join(folder, file);
  const steps = [{ kind: "tests", style: "busted", file: name, settings }] as const;
  const ran = runNative(lua, { file: name, args, steps }, { cwd: root });
  expect(ran.news.at(-1)?.event).toEqual({ kind: "end", exit: { kind: "returned" } });
  return ran.reports.map(comparable);
}

/** Where nothing of the tests has raised an error, busted names the program that runs it, which is ours here. */
function withoutProgram(result: Comparable): Comparable {
  const own = /^(\S*\/busted:\d+|busted:2):/;
  if (!own.test(result.message)) return result;
  return { ...result, message: result.message.replace(own, "busted:"), traceback: "", failedLine: null };
}
