import path from "node:path";
import { expect } from "vitest";
import { runJob } from "../../src/harness/run/embedded/job.js";
import { root } from "../command.js";
import {
  type Case,
  type Comparable,
  cases,
  comparable,
  folder,
  named,
  theirs,
} from "../harness/specs/cases.js";
import { type DebianLua, debianTemplates, luas } from "../support/debianLua.js";
import { testWith } from "../support/tools.js";
import { runNative } from "./native.js";

/** How each file runs without options: with them as well in one Lua is enough. */
const withoutOptions = named.filter(([, { args }]) => args === undefined);

for (const lua of luas) {
  testWith(lua, "busted").for(lua === "lua5.4" ? named : withoutOptions)(
    `%s, by the busted of ${lua}`,
    ([, each]) => {
      expect(native(each, lua).map(withoutProgram)).toEqual(theirs(each, lua).map(withoutProgram));
    },
  );
}

/** To load busted takes the embedded Lua a second. */
const few = cases.filter(
  ({ file, args }) => file === "helped.lua" || (file === "hooks.lua" && args === undefined),
);

testWith("lua5.3", "busted").for(few)("$file, by a busted in the embedded Lua", (each) => {
  expect(embedded(each).map(withoutProgram)).toEqual(theirs(each, "lua5.3").map(withoutProgram));
});

function native({ file, settings = {}, arguments: args = [] }: Case, lua: DebianLua): Comparable[] {
  const name = path.join(folder, file);
  const steps = [{ kind: "tests", style: "busted", file: name, settings }] as const;
  const ran = runNative(lua, { file: name, args, steps }, { cwd: root });
  expect(ran.news.at(-1)?.event).toEqual({ kind: "end", exit: { kind: "returned" } });
  return ran.reports.map(comparable);
}

function embedded({ file, settings = {}, arguments: args = [] }: Case): Comparable[] {
  const name = path.join(folder, file);
  const scope = { root, tests: [], include: [], exclude: [], extension: [".lua"] };
  const steps = [{ kind: "tests", style: "busted", file: name, settings } as const];
  const program = { file: name, steps, args, packagePath: `./?.lua;${debianTemplates("lua5.3")}` };
  const job = { program, scope, test: { style: "spec", round: 1, lua: null } as const };
  return runJob(job, new Int32Array(1)).results.map(comparable);
}

/**
 * Where nothing of the tests has raised an error, busted names the program that runs it, which is ours here. Its stack is
 * another one, too.
 */
function withoutProgram(result: Comparable): Comparable {
  const own = /^(\S*\/busted:\d+|busted:2):/;
  if (!own.test(result.message)) return result;
  return { ...result, message: result.message.replace(own, "busted:"), traceback: "", failedLine: null };
}
