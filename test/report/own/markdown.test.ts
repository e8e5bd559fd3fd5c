import path from "node:path";
import { expect, test } from "vitest";
import type { CoverageMapData } from "../../../src/types.js";
import { measure } from "../../support/measure.js";
import { changeIn, project } from "./reported.js";

test("without a base every file has a row", async () => {
  const { write } = project();
  expect(await write("markdown")).toBe(`### Coverage

|  | Lines | Statements | Functions | Branches | Conditions |
| --- | ---: | ---: | ---: | ---: | ---: |
| **All files** | 71.42 % | 71.42 % | 100 % | 50 % | 25 % |
| \`src/sign.lua\` | 66.66 % | 66.66 % | 100 % | 50 % | 25 % |
| \`src/whole.lua\` | 100 % | 100 % | – | – | – |
`);
});

test("against a base only what differs has a row, with the difference", async () => {
  const { cwd, coverage, write } = project();
  const whole = path.join(cwd, "src/whole.lua");
  const sign = path.join(cwd, "src/sign.lua");
  const gone = path.join(cwd, "src/gone.lua");
  const better = "local function sign(n)\n  return n\nend\nreturn sign(1)";
  const base: CoverageMapData = {
    [whole]: coverage[whole] ?? { ...measure("").coverage },
    [sign]: { ...measure(better).coverage, path: sign },
    [gone]: { ...measure("return 1").coverage, path: gone },
  };
  expect(await write("markdown", { base })).toContain(`
| **All files** | 71.42 % (−28.58) | 71.42 % (−28.58) | 100 % | 50 % | 25 % |
| \`src/gone.lua\` | is gone |  |  |  |  |
| \`src/sign.lua\` | 66.66 % (−33.34) | 66.66 % (−33.34) | 100 % | 50 % | 25 % |

1 file as in the base.
`);
  const { [sign]: _sign, ...others } = base;
  expect(await write("markdown", { base: others })).toContain("| `src/sign.lua` (new) | 66.66 % | 66.66 % |");
  expect(await write("markdown", { base: "missing" })).toContain(
    "\nThere is no coverage of the base to compare with.\n",
  );
});

test("a change has a table of its own", async () => {
  const { cwd, write } = project();
  expect(await write("markdown", { change: changeIn(cwd, ["lib/new.lua"]) })).toContain(`
#### Changed since \`main\`

|  | Lines | Branches | Uncovered |
| --- | ---: | ---: | ---: |
| **All changes** | 3 of 5 | 1 of 4 |  |
| \`src/sign.lua\` | 3 of 5 | 1 of 4 | \`2->then\` \`2->#2\` \`3\` \`5\` |

Nothing is known of \`lib/new.lua\`, as nothing has loaded it.
`);
  const empty = { since: "main", files: [], unknown: [] };
  expect(await write("markdown", { change: empty })).toContain(
    "#### Changed since `main`\n\nNothing that is measured.\n",
  );
});

test("no name breaks the table, and no table is longer than GitHub takes", async () => {
  const { write } = project({
    "a|b`c``d.lua": "return 1",
    "*x*<b>.lua": "return 1",
    "line\nend.lua": "return 1",
  });
  const text = await write("markdown");
  expect(text).toContain("| ``` a\\|b`c``d.lua ``` | 100 % |");
  expect(text).toContain("| `*x*<b>.lua` | 100 % |");
  expect(text).toContain("| `line\\nend.lua` | 100 % |");
  const one = measure("return 1").coverage;
  const { write: writeMany, coverage, cwd } = project({});
  for (let index = 0; index < 2000; index++) {
    const file = path.join(cwd, `folder/of/a/long/name/${index}.lua`);
    coverage[file] = { ...one, path: file };
  }
  const many = await writeMany("markdown");
  expect(many.length).toBeLessThan(65_536);
  expect(many).toMatch(/\n\nand \d+ files more\n/);
});
