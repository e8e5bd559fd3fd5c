import { expect } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { refuse, runRefused } from "../../support/refusing.js";
import { testWith } from "../../support/tools.js";

const files = {
  "src/m.lua": "return 1",
  "data/private/x.lua": "return 1",
  "spec/more/b_spec.lua": 'it("b", function() end)',
  "spec/a_spec.lua": 'it("a", function() require "m" end)',
};

const allowed = "whoever runs the tests has to be allowed to";

/** What is refused, and operands; then what is said. */
const cases: readonly (readonly [refused: string, args: readonly string[], sentence: string])[] = [
  ["spec", [], `ERROR: Cannot look for tests in spec: permission denied; ${allowed} read it\n`],
  ["spec", ["spec"], `ERROR: Cannot look for tests in spec: permission denied; ${allowed} read it\n`],
  [
    "spec",
    ["spec/a_spec.lua"],
    `ERROR: Cannot look for tests in spec: permission denied; ${allowed} read it\n`,
  ],
  ["spec", ["spec/*.lua"], `ERROR: Cannot look for tests in spec: permission denied; ${allowed} read it\n`],
  ["spec/more", [], `ERROR: Cannot look for tests in spec/more: permission denied; ${allowed} read it\n`],
  [
    "spec/more",
    ["spec"],
    `ERROR: Cannot look for tests in spec/more: permission denied; ${allowed} read it\n`,
  ],
  [
    "spec/more",
    ["spec/**/*.lua"],
    `ERROR: Cannot look for tests in spec/more: permission denied; ${allowed} read it\n`,
  ],
  [
    "src/m.lua",
    ["--no-coverage"],
    `WARNING: spec/a_spec.lua has not found the module m, as src/m.lua cannot be read: permission denied; ${allowed}\n`,
  ],
  [
    "src",
    ["--no-coverage"],
    "WARNING: spec/a_spec.lua has not found the module m, which may be in src, but that cannot be looked into: permission denied\n",
  ],
  ["spec/a_spec.lua", ["-l"], "ERROR: spec/a_spec.lua cannot be read: permission denied\n"],
  [
    "spec/a_spec.lua",
    ["spec/a_spec.lua:1"],
    "ERROR: There is no test at line 1 of spec/a_spec.lua: the file cannot be read: permission denied\n",
  ],
];

/** The same where nothing is lost that anybody has asked for. */
const others: readonly (readonly [refused: string, args: readonly string[]])[] = [
  ["spec/more", ["spec/a_spec.lua"]],
  ["spec/more", ["spec", "!spec/more/**"]],
  ["data/private", ["**/*_spec.lua"]],
];

testWith("files that can be refused").for(others)(
  "%s may not be read, and need not be: %j",
  async ([name, args]) => {
    const folder = makeFolder(files);
    refuse(folder, name);
    const { code, stderr } = await runRefused(folder, [...args, "--no-coverage"]);
    expect([code, stderr]).toEqual([0, ""]);
  },
);

testWith("files that can be refused").for(cases)("%s may not be read: %j", async ([name, args, sentence]) => {
  const folder = makeFolder(files);
  refuse(folder, name);
  const { code, stderr } = await runRefused(folder, args);
  expect([code > 0, stderr]).toEqual([true, sentence]);
});
