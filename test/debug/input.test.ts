import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { debugBy } from "./terminal/session.js";

const text = "print(io.read '*a' == '')\nlocal t\nprint(t.x)\n";

for (const lua of ["fengari", "5.1", "5.4", "lua5.1", "lua5.4"] as const) {
  const tools = lua === "lua5.1" || lua === "lua5.4" ? ([lua] as const) : [];

  testWith(...tools)(
    `${lua}: a script reads nothing of its debugger's, and stops at the error that ends it`,
    () => {
      const folder = makeFolder({ "main.lua": text });
      const args = ["--lua", lua, "--break-on-failure", "main.lua"];
      const { code, output, errors } = debugBy(folder, args, ["p 'typed'", "c"]);
      expect(output).toMatch(/^true\n[\s\S]*^Error at main\.lua:3 [\s\S]*^debug> p 'typed'\n"typed"\n/m);
      expect(errors).toMatch(
        /^\S+: main\.lua:3: attempt to index [^\n]*\nstack traceback:\n\tmain\.lua:3: in main chunk\n\t\[C\]: [^\n]*\n$/,
      );
      expect(code).toBe(1);
    },
  );
}
