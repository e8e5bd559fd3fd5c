import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { testWith, toolPath } from "../../support/tools.js";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

const main = `local config = { name = "x" }
local names = { config.name }
print(#names)
`;

/** What a terminal shows of a session in which each text is typed once something has been shown since the one before. */
async function typed(
  folder: string,
  lua: string,
  steps: readonly (readonly [awaited: string, text: string])[],
): Promise<string> {
  const command = `"${process.execPath}" "${bin}" debug --lua ${lua} main.lua`;
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const env = { ...inherited, HOME: folder, TERM: "xterm" };
  const child = spawn(toolPath("script"), ["-qec", command, "/dev/null"], { cwd: folder, env });
  let shown = "";
  let next = 0;
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    shown += chunk;
    const [awaited = "", text = ""] = steps[next] ?? [];
    if (text === "" || !stripVTControlCharacters(shown.slice(seen)).endsWith(awaited)) return;
    next++;
    seen = shown.length;
    child.stdin.write(text);
  });
  await once(child, "close");
  return shown.replaceAll("\r", "");
}

testWith("script", "lua5.4")(
  "on a terminal there are colours, and lines are edited, completed and kept",
  async () => {
    const folder = makeFolder({ "main.lua": main });
    const shown = await typed(folder, "lua5.4", [
      ["\ndebug> ", "n\r"],
      ["\ndebug> ", "p config.z\u007f"],
      ["debug> p config.", "\t"],
      ["name", "\r"],
      ["\ndebug> ", "p wrong"],
      ["wrong", "\u0003"],
      ["debug> ", "\u0004"],
    ]);
    expect(shown).toContain('\u001b[35mlocal\u001b[39m config = { name = \u001b[32m"x"\u001b[39m }\n');
    const lines = stripVTControlCharacters(shown).split("\n");
    expect(lines).toContain('"x"');
    expect(lines).not.toContain("nil");
    expect(lines.slice(-3)).toEqual(["main.lua goes on without the debugger", "1", ""]);
    expect(readFileSync(path.join(folder, ".luacov-ts_history"), "utf8")).toBe("n\np config.name\n");
  },
);

testWith("script")("Ctrl-C pauses a program that runs, and it goes on from there", async () => {
  const folder = makeFolder({
    // All on one line, for that a pause soon after "begun" finds the local and stands there, too.
    "main.lua": `local isOver, hasBegun
while not isOver do hasBegun = hasBegun or print("begun") or true end
print("over")
`,
  });
  const shown = await typed(folder, "5.4", [
    ["\ndebug> ", "c\r"],
    ["begun\r\n", "\u0003"],
    ["\ndebug> ", "e isOver = true\r"],
    ["\ndebug> ", "c\r"],
  ]);
  const lines = stripVTControlCharacters(shown).split("\n");
  expect(lines).toContain("^CPaused at main.lua:2 in main chunk");
  expect(lines.slice(-3)).toEqual(["over", "main.lua is over", ""]);
});
