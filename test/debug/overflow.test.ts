import { expect } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
import { transcripts } from "./session.js";

/** Stacks without room, of Lua and of C: most of a debugger is loaded on one. */
const scripts = {
  lua: {
    lua: "local function deep(n)\n  return 1 + deep(n + 1)\nend\ndeep(1)\n",
    commands: ["errors uncaught", "c", "p 1 + 1", "c"],
  },
  c: {
    lua: "local all\nall = setmetatable({}, {\n  __index = function(_, key) return all[key + 1] .. '' end,\n})\nprint(all[1])\n",
    commands: ["errors uncaught", "c"],
  },
};

/** LuaJIT calls no message handler where its stack has overflowed, nor do some Luas where C's has. */
for (const engine of engines) {
  testWith(...toolsOf(engine))(
    `${engine}: where the stack has overflowed, a program is shown, and comes to its end`,
    async () => {
      const { lua, c } = await transcripts(engine, scripts);
      if (engine !== "luajit") {
        expect(lua).toContain("\nerror lua.lua:2 function 'deep': ");
        expect(lua).toContain("> p 1 + 1\n2\n> c\n");
      }
      expect(lua).toMatch(/failed: .*stack overflow/);
      expect(c).toMatch(/failed: .*(?:overflow|error in error handling)/);
    },
    60_000,
  );
}
