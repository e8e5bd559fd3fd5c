/** What is to be mended that no configuration mends. */

import { readdirSync } from "node:fs";
import path from "node:path";
import { refusedFolders } from "../discover/refusedFolders.js";
import { outside } from "../hints/needs.js";
import { ownFolderCommand, ownFolderOf, sayOwnFolder } from "../hints/ownFolder.js";
import { counted, quoted, someOf } from "../words.js";
import { type Followed, luaText, needText } from "./blocked.js";
import type { Looking } from "./follow/follow.js";
import type { MissingModule, Needed } from "./follow/reach.js";
import type { Problem } from "./project.js";
import { entersOwn, type LuaFile } from "./read/files.js";
import { embeddedLuas, hasNeeded, type ProjectLua } from "./read/luas.js";
import { rockCommand } from "./rocks.js";
import { shownIn } from "./settings.js";

/** Luas and modules that are to be installed, and tests that want another Lua than the rest. */
export function problemsOf(all: readonly Followed[], lua: ProjectLua, looking: Looking): Problem[] {
  const absent = lua.problem === null ? [] : [absentProblem(lua)];
  return [...absent, ...unmetProblems(all, lua, looking), ...moduleProblems(all, lua, looking)];
}

/** Tests that are to run in their own folders, folder by folder. */
export function ownFolderProblems(tests: readonly LuaFile[], root: string): Problem[] {
  const found = tests.flatMap(({ file }) => ownFolderOf(file, root) ?? []);
  const folders = [...new Set(found.map(({ folder }) => folder))];
  return folders.flatMap((folder) => {
    const those = found.filter((each) => each.folder === folder);
    const [first] = those;
    if (first === undefined) return [];
    return [{ message: `${sayOwnFolder(first)}:`, commands: [ownFolderCommand(those, root, root)] }];
  });
}

function absentProblem({ name, problem }: ProjectLua): Problem {
  const what = outside.find(({ luas }) => luas[0] === name)?.what;
  const advice = what === undefined ? "" : ` Install ${what}.`;
  return {
    message: `The tests are to run in ${name}, which ${problem}.${advice}`,
    commands: [],
  };
}

/** What the Lua does not have that is to run all tests. */
function unmetProblems(all: readonly Followed[], lua: ProjectLua, { config, natives }: Looking): Problem[] {
  const unmet = all.flatMap(({ test, reached }) => {
    const isMissed = ({ need, isCertain }: Needed) => isCertain && !hasNeeded(need, lua);
    return reached.needed.filter(isMissed).map((needed) => ({ test, needed }));
  });
  const whats = [...new Set(unmet.map(({ needed }) => needed.need.what))];
  return whats.flatMap((what) => {
    const those = unmet.filter(({ needed }) => needed.need.what === what);
    const [first] = those;
    if (first === undefined) return [];
    const text = `${first.test} ${needText(first.needed, shownIn(config))}`;
    const { need } = first.needed;
    if (need.instead !== undefined) return [{ message: `${text}: ${need.instead}`, commands: [] }];
    const tests = [...new Set(those.map(({ test }) => test))];
    const found = [...embeddedLuas, ...natives].find((each) => hasNeeded(need, each));
    if (found === undefined)
      return [{ message: `${text}: install a Lua that has it, such as ${need.luas[0]}.`, commands: [] }];
    const message = `${text}, which ${luaText(lua)} does not have. Run it by itself:`;
    return [{ message, commands: [`luacov-ts --lua ${found.name} ${tests.map(quoted).join(" ")}`] }];
  });
}

/** In a Lua that is not here, nobody knows what it finds; and what stands for another Lua is told as that. */
function moduleProblems(all: readonly Followed[], lua: ProjectLua, { declared, config }: Looking): Problem[] {
  if (lua.problem !== null) return [];
  const missing = all.flatMap(({ reached }) =>
    reached.missing.filter(
      ({ module, isInC, isCertain }) =>
        isCertain && (isInC || !reached.needed.some(({ name }) => name === module)),
    ),
  );
  const modules = [...new Map(missing.map((each) => [each.module, each])).values()];
  const commands = modules.map(({ module }) => rockCommand(module, lua.version, declared));
  return [...new Set(commands)].map((command) => {
    const those = modules.filter((_, index) => commands[index] === command);
    return missingProblem(those, command, lua, shownIn(config));
  });
}

function missingProblem(
  modules: readonly MissingModule[],
  command: string | null,
  lua: ProjectLua,
  shown: (file: string) => string,
): Problem {
  const names = modules.map(({ module, file, isInC }) => {
    return `${module} (${isInC ? "in C, " : ""}for ${shown(file)})`;
  });
  const what = `${luaText(lua)} does not find ${counted(modules.length, "module")}: ${someOf(names)}.`;
  if (command !== null) return { message: what, commands: [command] };
  const isOne = modules.length === 1;
  return {
    message: `${what} Install what has ${isOne ? "it" : "them"} into lua_modules, or say in luaPath where ${isOne ? "it is" : "they are"}.`,
    commands: [],
  };
}

/** Of a project without tests, or without any Lua. */
export function withoutTests(looking: Looking): Problem[] {
  // Tests may be where nobody lets us look, which is said.
  return refusedFolders(looking.config.cwd, entersOwn).length > 0 ? [] : [firstTest(looking)];
}

function firstTest({ files, texts, config }: Looking): Problem {
  if (namesIn(path.join(config.cwd, "t")).some((name) => name.endsWith(".t"))) return testNginx;
  if (files.length === 0) return { message: "There is no Lua here yet. Begin with a test:", commands: first };
  const module = files.find(({ file }) => texts.of(file)?.returns === true);
  const name = module?.name.replace(/(?:\/init)?\.lua$/, "") ?? "";
  if (!/^[\w/-]+$/.test(name)) return { message: "There is no test yet: put one into spec.", commands: [] };
  const test = `it("loads", function() require "${name.replaceAll("/", ".")}" end)`;
  const commands = [
    "mkdir -p spec",
    `echo '${test}' > spec/${path.posix.basename(name)}_spec.lua`,
    "luacov-ts",
  ];
  return { message: "There is no test yet. Begin with one:", commands };
}

const testNginx: Problem = {
  message:
    "The tests in t are for Test::Nginx, which starts nginx: they are measured as any command is, with the file that luacov-ts agent prints first in init_by_lua_block.",
  commands: ["luacov-ts cover -- prove -r t"],
};

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const first: readonly string[] = [
  "mkdir -p src spec",
  "echo 'return { add = function(a, b) return a + b end }' > src/sum.lua",
  `echo 'it("adds", function() assert.equal(3, require "sum".add(1, 2)) end)' > spec/sum_spec.lua`,
  "luacov-ts",
];
