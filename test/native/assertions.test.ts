import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { differences, runBothIn } from "../harness/assertions/compare.js";
import { luas } from "../support/debianLua.js";
import { testWith } from "../support/tools.js";

const folder = path.join(import.meta.dirname, "../harness/assertions");
const programs = readdirSync(folder).filter((each) => each.endsWith(".lua"));

for (const lua of luas) {
  testWith(lua, "luassert").for(programs)(
    `our assertions say what luassert does on ${lua}: %s`,
    (program) => {
      const both = runBothIn(lua, path.join(folder, program));
      expect(Object.keys(both.theirs).length).toBeGreaterThan(30);
      expect(differences(both)).toEqual({});
    },
  );
}
