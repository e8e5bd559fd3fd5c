/** The agent as bytecode, for the first process of those that a command starts. */

import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, vi } from "vitest";
import { createCompiledFiles } from "../../src/engine/native/jobs/compiledFiles.js";
import { luas } from "../support/debianLua.js";
import { testWith, toolPath } from "../support/tools.js";
import { agent, makeProject, type Project } from "./agent.js";

const mod = `local M = {}
function M.hit(n)
  if n then return n end
  return 0
end
return M
`;
const main = `local mod = require "mod"
print(mod.hit(1), debug.getinfo(mod.hit, "S").short_src, #package.path > 0)
print(os.execute(arg[-1] .. " child.lua"))
print(pcall(error, "message"))
string.dump(mod.hit)
`;
const files = { "main.lua": main, "mod.lua": mod, "child.lua": `print(require "mod".hit())` };

/** The script of the first process is a file of ours. */
const sources = ["mod.lua", "child.lua"];
const counts = { 1: 2, 2: 2, 3: 1, 4: 1, 6: 2 };

/** What a process finds of the bytecode at a path. */
function compiledAt(project: Project, file: string) {
  const hits = project.environment.LUACOV_TS_FOLDER ?? "";
  const mark = path.join(hits, "first");
  writeFileSync(mark, "");
  return { mark, environment: { LUACOV_TS_COMPILED: file, LUACOV_TS_HITS: hits } };
}

async function compiledBy(lua: (typeof luas)[number], folder: string): Promise<string> {
  const native = { name: lua, command: [toolPath(lua)] as const, version: "5.1" } as const;
  const compiled = createCompiledFiles(native, folder, agent);
  await vi.waitFor(() => expect(compiled.find(false)).not.toBeNull(), { timeout: 60_000, interval: 20 });
  return compiled.find(false)?.agent ?? "";
}

for (const lua of luas) {
  testWith(lua)(`${lua} measures with the agent's bytecode as with its texts`, async () => {
    const [byText, byBytecode] = [makeProject(files, sources), makeProject(files, sources)];
    const { mark, environment } = compiledAt(byBytecode, await compiledBy(lua, byBytecode.folder));
    const expected = byText.run([lua, "main.lua"]);
    expect(byBytecode.run([lua, "main.lua"], environment)).toEqual(expected);
    expect([expected.code, expected.stderr]).toEqual([0, ""]);
    expect(existsSync(mark)).toBe(false);
    for (const file of sources) expect(byBytecode.lines(file), file).toEqual(byText.lines(file));
    expect(byBytecode.lines("mod.lua")).toEqual(counts);
    expect([byBytecode.ends(), byBytecode.doubts()]).toEqual([["end", "end"], []]);
  });

  testWith(lua)(
    `${lua} takes the agent's bytecode in the first process alone, and texts for what it does not have`,
    () => {
      const project = makeProject(files, sources);
      const from = path.join(project.folder, "compiled-agent");
      const [guard, to] = [path.join(path.dirname(agent), "guard.lua"), from].map((file) =>
        JSON.stringify(file),
      );
      const code = `string.dump((loadstring or load)([[io.write "bytecode " return assert(loadfile(${guard}))(...)]]))`;
      const write = `local code = ${code} local file = io.open(${to}, "wb") file:write("guard ", #code, "\\n\\n", code) file:close()`;
      expect(project.plain([lua, "-e", write])).toMatchObject({ code: 0, stderr: "" });
      const { environment } = compiledAt(project, from);
      const { stdout } = project.run([lua, "main.lua"], environment);
      // Whether the child writes before its parent is a matter of buffers.
      expect(stdout).toMatch(/^(0\n)?bytecode 1\t/);
      expect(stdout.match(/bytecode/g)).toHaveLength(1);
      expect(project.lines("mod.lua")).toEqual(counts);
    },
  );

  testWith(lua)(
    `${lua} reads the agent's texts where its bytecode is another Lua's, cut off, or gone`,
    () => {
      for (const content of [
        "guard 9\n\n\x1bLua\x00abcd",
        "guard 9\n\n\x1bLJ\x09",
        "guard 900\n\n",
        "",
        null,
      ]) {
        const project = makeProject(files, sources);
        const file = path.join(project.folder, "compiled-agent");
        if (content !== null) writeFileSync(file, content, "latin1");
        const ran = project.run([lua, "main.lua"], compiledAt(project, file).environment);
        expect([ran.code, ran.stderr]).toEqual([0, ""]);
        expect(project.lines("mod.lua")).toEqual(counts);
      }
    },
  );

  testWith(lua)(`${lua} takes a debugger's bytecode where it reads it, else the texts`, () => {
    const text = "return 'text'";
    const head = `debug/start ${text.length}\n\n`;
    const later = "return 'later'";
    const files = {
      "debug/start.txt": head + text,
      "debug/whole.txt": `other 6\ndebug/whole ${later.length}\n\nreturn${later}`,
      other: `${head}\x1bLua\x00abcdefgh`,
      cut: head,
      empty: "",
      "main.lua": `local ours, here = ...
local code = string.dump((loadstring or load)("return 'bytecode'"))
local file = io.open(here .. "own", "wb")
file:write("debug/start ", #code, "\\n\\n", code)
file:close()
for _, name in ipairs { "own", "other", "cut", "empty", "gone" } do
  print(name, loadfile(ours)(here, here .. name)("debug/start")())
end
local of = loadfile(ours)(here)
print("none", of "debug/start"())
os.remove(here .. "debug/whole.txt")
for _ = 1, 2 do print("whole", of "debug/whole"()) end
print("unbuilt", loadfile(ours)(here))`,
    };
    const project = makeProject(files, []);
    const ours = path.join(path.dirname(agent), "debugging/files.lua");
    const { stdout, stderr } = project.plain([lua, "main.lua", ours, `${project.folder}${path.sep}`]);
    const texts = ["other", "cut", "empty", "gone", "none"].map((name) => `${name}\ttext\n`);
    const ends = ["whole\tlater\n", "whole\tlater\n", "unbuilt\n"];
    expect([stdout, stderr]).toEqual([["own\tbytecode\n", ...texts, ...ends].join(""), ""]);
  });
}
