import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { allLuas, expectSame, makeProject } from "./agent.js";

/** Names that read as lines of the manifest do, or that fit on none, of sources that are as long as each other. */
const names = [
  "@a.lua",
  "=9 a.lua",
  "longest 9.lua",
  "a b.lua",
  "%d+.lua",
  "line\nbreak.lua",
  "a.lua",
  "a.lua.lua",
];

/** The text of each returns its own number; two are alike. */
const texts = names.map((_, index) => `local n = ${index === 7 ? 6 : index}\nreturn n\n`);

for (const lua of allLuas) {
  testWith(lua)(`${lua} finds sources that are as long by their names and by their texts`, () => {
    const loads = names.map((name) => `io.write(dofile(${JSON.stringify(name)}), " ")`);
    const others = [
      "local file = io.open 'a.lua' local text = file:read '*a' file:close()",
      // Of two with this text, one counts that has no name.
      "io.write((loadstring or load)(text)(), ' ', (loadstring or load)('local n = 8\\nreturn n\\n')(), '\\n')",
    ];
    const project = makeProject(
      {
        ...Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""])),
        "main.lua": [...loads, ...others].join("\n"),
      },
      names,
    );
    expect(project.run([lua, "main.lua"]).stdout).toBe("0 1 2 3 4 5 6 6 6 8\n");
    expectSame(project, [lua, "main.lua"]);
    const counts = names.map((name) => Object.values(project.lines(name)));
    // Each ran twice: once here, once to be compared; of the two that are alike, both names have one key in these tests.
    const alike = [6, 6];
    expect(counts).toEqual([...names.slice(0, 6).map(() => [2, 2]), alike, alike]);
  });
}
