import { readdirSync } from "node:fs";
import path from "node:path";
import { describe } from "vitest";
import { expectSame, testWithLua } from "../host/compare.js";

const here = import.meta.dirname;

describe("the embedded Lua and lua5.3 print the same", () => {
  for (const script of readdirSync(here).filter((each) => each.endsWith(".lua"))) {
    testWithLua(script, () => expectSame(path.join(here, script)));
  }
});
