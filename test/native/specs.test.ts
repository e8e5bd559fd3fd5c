import path from "node:path";
import { expect } from "vitest";
import { root } from "../command.js";
import {
  type Case,
  type Comparable,
  comparable,
  folder,
  named,
  theirs,
  withoutOwnPlace,
} from "../harness/specs/cases.js";
import { type DebianLua, luas } from "../support/debianLua.js";
import { testWith } from "../support/tools.js";
import { runNative } from "./native.js";

for (const lua of luas) {
  testWith(lua, "busted").for(named)(`%s, as busted does it on ${lua}`, ([, each]) => {
    const expected = theirs(each, lua);
    expect(ours(each, lua).map((result, index) => withoutOwnPlace(result, expected[index]))).toEqual(
      expected,
    );
  });
}

function ours({ file, settings = {}, arguments: args = [] }: Case, lua: DebianLua): Comparable[] {
  const name = path.join(folder, file);
  const steps = [{ kind: "tests", style: "spec", file: name, settings }] as const;
  const ran = runNative(lua, { file: name, args, steps }, { cwd: root });
  expect(ran.news.at(-1)?.event).toEqual({ kind: "end", exit: { kind: "returned" } });
  return ran.reports.map(comparable);
}
