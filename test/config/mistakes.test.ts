import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { LuacovError } from "../../src/errors.js";
import { type Files, makeProject } from "../support/project.js";

/** The message of the mistake in a project, with `<root>` for its folder. */
async function mistake(files: Files, options: Parameters<typeof loadConfig>[0] = {}): Promise<string> {
  const cwd = makeProject(files);
  try {
    await loadConfig({ cwd, ...options });
    return "no mistake";
  } catch (error) {
    if (!(error instanceof LuacovError) || error.code !== "CONFIG") throw error;
    return error.message.replaceAll(cwd, "<root>");
  }
}

const list = "but must be a non-empty text or a list of such";

/** Files of a project, then the sentence about the mistake in them. */
const mistakes: readonly (readonly [files: Files, sentence: string])[] = [
  [
    { ".nycrc.json": { al: true } },
    'Unknown key "al" in <root>/.nycrc.json; luacov-ts --help lists the keys',
  ],
  [
    { ".nycrc.json": { report_dirs: 1 } },
    'Unknown key "report_dirs" in <root>/.nycrc.json, perhaps "report-dir"; luacov-ts --help lists the keys',
  ],
  [
    { ".nycrc.json": { constructor: 1 } },
    'Unknown key "constructor" in <root>/.nycrc.json; luacov-ts --help lists the keys',
  ],
  [
    { ".nycrc": { "skip-fulls": true } },
    'Unknown key "skip-fulls" in <root>/.nycrc, perhaps "skip-full"; luacov-ts --help lists the keys',
  ],
  [
    { "package.json": { nyc: { instrument: true } } },
    'Unknown key "instrument" in <root>/package.json; luacov-ts --help lists the keys',
  ],
  [
    { ".nycrc.json": { tags: "unit,fast", "exclude-tags": ["slow", "fast"] } },
    'The tag "fast" is in tags and in exclude-tags; it can be in one of them',
  ],
  [
    { ".nycrc.json": { "profile-reporter": ["table", "html"] } },
    '"profile-reporter" in <root>/.nycrc.json is ["table","html"], but must be one of "table", "cpuprofile", "collapsed", "speedscope", "dot", "svg", "flamegraph", or a list of such',
  ],
  [
    { ".nycrc.json": { "profile-by": "module" } },
    '"profile-by" in <root>/.nycrc.json is "module", but must be one of "function", "line", "file"',
  ],
  [
    { ".nycrc.json": { "profile-by": "line", "profile-sort": "calls" } },
    "profile-sort is calls, which nobody knows of lines (profile-by): sort them by self or name",
  ],
  [
    { ".nycrc.json": { framework: "nonsense" } },
    '"framework" in <root>/.nycrc.json is "nonsense", but must be one of "luacov-ts", "busted", "luaunit"',
  ],
  [
    { ".nycrc.json": { framework: "busted", style: "luaunit" } },
    "The framework busted runs test files of the style spec, and style is luaunit: leave out one of the two",
  ],
  [
    { ".nycrc.json": { framework: "luaunit", style: "script" } },
    "The framework luaunit runs test files of the style luaunit, and style is script: leave out one of the two",
  ],
  [
    { ".nycrc.json": { framework: "busted", sandbox: true } },
    "--sandbox takes away functions of debug that an installed busted needs, which our own runner does not: leave out --framework or --sandbox",
  ],
  [{ ".nycrc.json": { all: "yes" } }, '"all" in <root>/.nycrc.json is "yes", but must be true or false'],
  [{ ".nycrc.json": { "per-file": 1 } }, '"per-file" in <root>/.nycrc.json is 1, but must be true or false'],
  [
    { ".nycrc.json": { lines: "90" } },
    '"lines" in <root>/.nycrc.json is "90", but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [
    { ".nycrc.json": { branches: 100.1 } },
    '"branches" in <root>/.nycrc.json is 100.1, but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [
    { ".nycrc.json": { "temp-dir": null } },
    '"temp-dir" in <root>/.nycrc.json is null, but must be a non-empty text',
  ],
  [
    { ".nycrc.json": { reportDir: "" } },
    '"reportDir" in <root>/.nycrc.json is "", but must be a non-empty text',
  ],
  [
    { ".nycrc.json": { style: "busted" } },
    '"style" in <root>/.nycrc.json is "busted", but must be one of "auto", "spec", "luaunit", "script"',
  ],
  [{ ".nycrc.json": { cwd: 5 } }, '"cwd" in <root>/.nycrc.json is 5, but must be a non-empty text'],
  [
    { ".nycrc.json": { reporter: {} } },
    '"reporter" in <root>/.nycrc.json is {}, but must be a name or a list of such, each alone or with options as in ["html", { "subdir": "pages" }]',
  ],
  [{ ".nycrc.json": { luaPath: {} } }, `"luaPath" in <root>/.nycrc.json is {}, ${list}`],
  [{ ".nycrc.json": { include: ["a", 1] } }, `"include" in <root>/.nycrc.json is ["a",1], ${list}`],
  [
    { ".nycrc.json": { watermarks: { lines: [80, 50] } } },
    '"watermarks" in <root>/.nycrc.json is {"lines":[80,50]}, but must be an object such as { "lines": [50, 80] } with percentages in rising order',
  ],
  [
    { ".nycrc.json": { thresholds: { "src/**": { lins: 3 } } } },
    'Unknown key "lins" in "thresholds" of "src/**" in <root>/.nycrc.json, perhaps "lines"; there may be lines, functions, branches, statements, conditions, per-file and 100',
  ],
  [{ ".nycrc.json": { extends: 5 } }, `"extends" in <root>/.nycrc.json is 5, ${list}`],
  [
    { ".nycrc.json": { extends: "./no.json" } },
    'Cannot read the configuration <root>/.nycrc.json: it extends "./no.json", which does not exist',
  ],
  [
    { ".nycrc.json": { extends: "a.json" }, "a.json": { bad: 1 } },
    'Unknown key "bad" in <root>/a.json; luacov-ts --help lists the keys',
  ],
  [
    { ".nycrc.json": { extends: ["./a.json", "./b.json"] }, "a.json": { all: 1 }, "b.json": { all: 2 } },
    '"all" in <root>/b.json is 2, but must be true or false',
  ],
  [
    { "package.json": { nyc: { extends: "./a.json" } }, "a.json": { lines: [] } },
    '"lines" in <root>/a.json is [], but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [
    { ".nycrc.json": { extends: "./a.json" }, "a.json": { extends: "./b.json" }, "b.json": { cwd: [] } },
    '"cwd" in <root>/b.json is [], but must be a non-empty text',
  ],
  [
    { ".nycrc.json": { extends: "./a.json" }, "a.json": { extends: "./a.json" } },
    "Cannot read the configuration <root>/a.json: it extends itself",
  ],
  [
    {
      "package.json": { nyc: { extends: "./a.json" } },
      "a.json": { extends: "./b.json" },
      "b.json": { extends: "./a.json" },
    },
    "Cannot read the configuration <root>/a.json: it extends itself, through b.json",
  ],
];

test.for(mistakes)("%j is a mistake that is named with its file", async ([files, sentence]) => {
  expect(await mistake(files)).toBe(sentence);
});

/** Files of a project, then the one that cannot be read; the reason after it is the JSON parser's. */
const unreadable: readonly (readonly [files: Files, file: string])[] = [
  [{ ".nycrc.json": "{" }, ".nycrc.json"],
  [{ ".nycrc.json": "" }, ".nycrc.json"],
  [{ ".nycrc.json": "null" }, ".nycrc.json"],
  [{ ".nycrc.json": "[]" }, ".nycrc.json"],
  [{ ".nycrc.json": '"all"' }, ".nycrc.json"],
  [{ ".nycrc.json": "3" }, ".nycrc.json"],
  [{ ".nycrc.yml": "a: [" }, ".nycrc.yml"],
  [{ "nyc.config.cjs": "throw new Error('mine')" }, "nyc.config.cjs"],
  [{ "package.json": "{", ".nycrc.json": "{}" }, "package.json"],
  [{ "package.json": { nyc: "x" } }, "package.json"],
  [{ "package.json": { nyc: [] } }, "package.json"],
  [{ ".nycrc.json": { extends: "./a.json" }, "a.json": "{" }, "a.json"],
];

test.for(unreadable)("%j cannot be read, and the message says which file", async ([files, file]) => {
  const message = await mistake(files);
  expect(message.startsWith(`Cannot read the configuration <root>/${file}: `)).toBe(true);
  expect(message).not.toMatch(/\n {4}at /);
});

test("a file that is asked for must be there, and a folder is none", async () => {
  const missing = "Cannot read the configuration <root>/my.json: there is no such file";
  expect(await mistake({}, { nycrcPath: "my.json" })).toBe(missing);
  expect(await mistake({ "my.json/a": "" }, { nycrcPath: "my.json" })).toMatch(
    /^Cannot read the configuration <root>\/my\.json: it is a folder, not a file/,
  );
  const cwd = makeProject({ ".nycrc.json": { lines: 1 } });
  mkdirSync(path.join(cwd, ".nycrc"));
  expect((await loadConfig({ cwd })).thresholds.lines).toBe(1);
});

test("a mistake in given options says so", async () => {
  const many: object = { lines: "many" };
  const colour: object = { colour: "red" };
  expect(await mistake({}, { ...many })).toBe(
    '"lines" in the given options is "many", but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  );
  expect(await mistake({}, { ...colour })).toBe(
    'Unknown key "colour" in the given options; luacov-ts --help lists the keys',
  );
});
