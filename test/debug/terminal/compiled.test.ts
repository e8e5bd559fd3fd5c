import { expect } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";
import { debugBy } from "./session.js";

/** Waits for the bytecode, which the second program has made while it runs, and tells what its own debugger was loaded from. */
const test = `local add = require "library"
local isThere
repeat isThere = os.execute 'test -s "$(ls "$LUACOV_TS_FOLDER"/job-*/compiled 2> /dev/null)"' until isThere == true or isThere == 0
local source = debug.getinfo(require "luacov-ts.dbg", "S").source
print(source == "=[C]" and "from bytecode" or "from texts", add(1, 2))
`;

const files = {
  "test/1.lua": "",
  "test/2.lua": test,
  "test/3.lua": test,
  "test/4.lua": test,
  "library.lua": "return function(a, b)\n  local sum = a + b\n  return sum\nend\n",
};

/** What is said of a program. */
function partOf(output: string, number: number): string {
  const [, part = ""] = output.split(`\ntest/${number}.lua in `);
  return part.slice(0, part.indexOf(" is over")).replaceAll(`test/${number}.lua`, "the program");
}

for (const lua of ["lua5.1", "lua5.2", "lua5.3", "lua5.4", "luajit"] as const) {
  testWith(lua)(`the debugger of later programs is bytecode, and says the same: ${lua}`, () => {
    const commands = [
      "b library.lua:3",
      "c",
      ...[2, 3, 4].flatMap(() => ["bt", "p sum, a", "e sum = 10", "c"]),
    ];
    const { output, errors } = debugBy(makeFolder(files), ["--lua", lua, "test"], commands);
    expect(errors).toBe("");
    expect(partOf(output, 2)).toContain(
      "1 library.lua:3 in function 'add'\n   2 the program:5 in main chunk",
    );
    expect(partOf(output, 2)).toContain("from texts\t10");
    expect(partOf(output, 4)).toBe(partOf(output, 2).replace("from texts", "from bytecode"));
  });
}
