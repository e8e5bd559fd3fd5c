import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";
import { startWatch, type Watch, watchIn } from "../support/watch.js";

const configuration = (more = "") => `{
  "reporter": ["text"],
  "projects": [
    { "name": "new", "tests": ["test"], "lua": ["5.4"] },
    { "name": "old", "tests": ["test"], "lua": ["5.1"] },
    "packages/*"
  ]${more}
}`;

const files = {
  "luacov-ts.config.jsonc": configuration(),
  "src/version.lua": 'return function(n)\n  if n > 1 then return "many" end\n  return _VERSION\nend\n',
  "test/version.lua": 'assert(require "src.version"(0) == _VERSION)',
  // The same path in another root.
  "src/one.lua": "return 1",
  "packages/a/src/one.lua": "local n = 0\nreturn { one = n }",
  "packages/a/test/one.lua": 'assert(require "src.one".one == 0)',
  "packages/b/.nycrc.json": { include: ["src/**"] },
  "packages/b/src/two.lua": "return { two = function() return 2 end, three = function() return 3 end }",
  "packages/b/spec/two_spec.lua": 'it("is two", function()\n  assert.equal(2, require "src.two".two())\nend)',
  "packages/b/spec/three_spec.lua":
    'it("is three", function()\n  assert.equal(3, require "src.two".three())\nend)',
  "packages/none/src/three.lua": "return 3",
};

const newTest = "✔ test/version.lua (new, 5.4)";
const oldTest = "✔ test/version.lua (old, 5.1)";
const testOfA = "✔ packages/a/test/one.lua (packages/a)";
const [threeOfB, twoOfB] = [
  "✔ packages/b/spec/three_spec.lua (packages/b)  1 test",
  "✔ packages/b/spec/two_spec.lua (packages/b)  1 test",
];
const all = [newTest, oldTest, testOfA, threeOfB, twoOfB];
const table = ["one.lua", "two.lua", "version.lua"];

/** What ran, and of which files the table is; what is said besides where nothing ran. */
function shown(output: string): readonly string[] {
  const lines = output.replaceAll(" (N ms)", "").split("\n");
  const told = lines.filter((line) => /^([✔✖] \S+\.lua|ERROR|WARNING| +\S+\.lua .*\|)/.test(line));
  return told.length === 0 ? [output] : told.map((line) => line.trim().replace(/ +\|.*$/, ""));
}

interface ProjectsWatch extends Watch {
  /** What is shown after an action. */
  shownAfter(action: () => void): Promise<readonly string[]>;
}

function watchProjects(
  more: Readonly<Record<string, unknown>> = {},
  ...flags: readonly string[]
): ProjectsWatch {
  const watch = watchIn(makeProject({ ...files, ...more }), flags);
  return { ...watch, shownAfter: async (action) => shown(await watch.after(action)) };
}

test("a change runs in each project what it touches there, and the report stays that of all", async () => {
  const { folder, shownAfter, write, end } = watchProjects();
  expect(await shownAfter(() => {})).toEqual([...all, ...table]);
  const steps: readonly (readonly [change: () => void, runs: readonly string[]])[] = [
    // In two projects.
    [write("src/version.lua", `${files["src/version.lua"]}\n`), [newTest, oldTest]],
    [write("test/version.lua", 'assert(require "src.version"(2) == "many")'), [newTest, oldTest]],
    [write("packages/a/src/one.lua", "return { one = 0 }"), [testOfA]],
    [write("packages/b/spec/two_spec.lua", 'it("is two", function() require "src.two".two() end)'), [twoOfB]],
    // The source of the root, which no test loads.
    [
      write("packages/b/src/two.lua", files["packages/b/src/two.lua"].replace("2 ", "2.0 ")),
      [threeOfB, twoOfB],
    ],
  ];
  for (const [change, runs] of steps) expect(await shownAfter(change)).toEqual([...runs, ...table]);
  // So does what is left for others.
  const { stdout } = await runCli(folder, ["report"]);
  expect(shown(stdout)).toEqual(table);
  const newFile = () => {
    mkdirSync(path.join(folder, "packages/none/test"));
    write("packages/none/test/three.lua", 'require "src.three"')();
  };
  expect(await shownAfter(newFile)).toEqual([
    "✔ packages/none/test/three.lua (packages/none)",
    "one.lua",
    "two.lua",
    "three.lua",
    "version.lua",
  ]);
  // What is gone no longer counts, which the next run shows.
  const removed = () => {
    rmSync(path.join(folder, "packages/none/test/three.lua"));
    write("packages/a/src/one.lua", "return { one = 0, two = 1 }")();
  };
  expect(await shownAfter(removed)).toEqual([testOfA, ...table]);
  expect(await end()).toBe(130);
});

test("what is red in one project is told in the next run of others by its coverage alone", async () => {
  const { shownAfter, write } = watchProjects();
  await shownAfter(() => {});
  expect(await shownAfter(write("packages/a/test/one.lua", 'error(require "src.one")'))).toEqual([
    "✖ packages/a/test/one.lua (packages/a)",
    ...table,
  ]);
  expect(await shownAfter(write("test/version.lua", 'require "src.version"'))).toEqual([
    newTest,
    oldTest,
    ...table,
  ]);
});

test("a changed configuration runs the projects of which it says something else", async () => {
  const { folder, shownAfter, write } = watchProjects();
  await shownAfter(() => {});
  expect(await shownAfter(write("packages/b/.nycrc.json", '{ "include": ["*/**"] }'))).toEqual([
    threeOfB,
    twoOfB,
    ...table,
  ]);
  expect(await shownAfter(write("packages/b/.busted", "return {}"))).toEqual([threeOfB, twoOfB, ...table]);
  expect(await shownAfter(write("packages/b/.nycrc.json", '{ "lines": "many" }'))).toEqual([
    expect.stringMatching(/^ERROR: "lines" in .*packages\/b\/\.nycrc\.json is "many"/),
  ]);
  // What was broken is mended, with all that came meanwhile.
  expect(await shownAfter(write("packages/b/.nycrc.json", "{}"))).toEqual([...all, ...table]);
  expect(await shownAfter(write("luacov-ts.config.jsonc", configuration(',\n"skip-full": true')))).toEqual([
    ...all,
    "version.lua",
  ]);
  expect(await shownAfter(write("luacov-ts.config.jsonc", configuration(',\n"temp-dir": "x"')))).toEqual([
    "luacov-ts.config.jsonc has changed; start the watch again for it to count",
  ]);
  await shownAfter(write("luacov-ts.config.jsonc", configuration()));
  // A project by a glob.
  const made = () => {
    mkdirSync(path.join(folder, "packages/c/test"), { recursive: true });
    writeFileSync(path.join(folder, "packages/c/test/c.lua"), 'assert(loadfile "src/version.lua")');
  };
  expect(await shownAfter(made)).toEqual(["✔ packages/c/test/c.lua (packages/c)", ...table]);
});

test("some projects are watched, or one", async () => {
  const some = watchProjects({}, "--project", "old", "--project", "packages/b");
  expect(await some.shownAfter(() => {})).toEqual([oldTest, threeOfB, twoOfB, "two.lua", "version.lua"]);
  expect(
    await some.shownAfter(some.write("src/version.lua", "return function() return _VERSION end")),
  ).toEqual([oldTest, "two.lua", "version.lua"]);
  await some.end();
  const one = watchProjects({}, "--project", "packages/a");
  const alone = testOfA.replace(" (packages/a)", "");
  expect(await one.shownAfter(() => {})).toEqual([alone, "one.lua"]);
  // The configuration is above it.
  expect(await one.shownAfter(one.write("luacov-ts.config.jsonc", configuration(',\n"all": true')))).toEqual([
    alone,
    "one.lua",
  ]);
});

test("operands choose among the tests of all, from the current folder", async () => {
  const { shownAfter, write, folder } = watchProjects({}, "-C", "packages", "b", "../test/version.lua");
  expect(await shownAfter(() => {})).toEqual([
    "✔ ../test/version.lua (new, 5.4)",
    "✔ ../test/version.lua (old, 5.1)",
    "✔ b/spec/three_spec.lua (packages/b)  1 test",
    "✔ b/spec/two_spec.lua (packages/b)  1 test",
    "two.lua",
    "version.lua",
  ]);
  write("packages/a/src/one.lua", "return { one = 0, two = 1 }")();
  rmSync(path.join(folder, "test/version.lua"));
  expect(
    await shownAfter(write("packages/b/spec/two_spec.lua", 'it("is two", function() require "src.two" end)')),
  ).toEqual(["✔ b/spec/two_spec.lua (packages/b)  1 test", "two.lua"]);
});

test.for([["--changed"], ["--by-test"]])(
  "with %s it goes by what tests do, in each project",
  async (flags) => {
    const { shownAfter, write, folder } = watchProjects({}, ...flags);
    expect(await shownAfter(() => {})).toEqual([...all, ...table]);
    expect(
      await shownAfter(
        write("packages/b/src/two.lua", files["packages/b/src/two.lua"].replace("2 ", "2.0 ")),
      ),
    ).toEqual([twoOfB, ...table]);
    expect(
      await shownAfter(write("src/version.lua", files["src/version.lua"].replace("many", "more"))),
    ).toEqual([newTest, oldTest, ...table]);
    const who = await runCli(folder, ["who", "packages/b/src/two.lua:1"]);
    expect(who.stdout).toContain("two_spec.lua");
  },
);

test("what a limit of failures leaves out runs after the next change", async () => {
  const { shownAfter, write } = watchProjects({}, "--bail", "1");
  await shownAfter(() => {});
  const broken = () => {
    write("test/version.lua", "error(require 'src.version')")();
    write("packages/a/src/one.lua", "return { one = 0, two = 1 }")();
  };
  expect(await shownAfter(broken)).toEqual(["✖ test/version.lua (new, 5.4)", "two.lua", "version.lua"]);
  expect(await shownAfter(write("test/version.lua", files["test/version.lua"]))).toEqual([
    newTest,
    oldTest,
    testOfA,
    ...table,
  ]);
});

test("what is edited during the first run counts in the projects that have run it by then, too", async () => {
  const gate = path.join(makeProject({}), "open");
  const { folder, after } = startWatch(
    {
      "luacov-ts.config.jsonc": { projects: ["a", "b"] },
      "lib/m.lua": "return 1",
      "a/test/a.lua": 'dofile "lib/m.lua"',
      "b/test/b.lua": `dofile "lib/m.lua" print "at the gate" repeat until io.open "${gate}"`,
    },
    "--jobs",
    "1",
  );
  await after(() => {}, "at the gate\n");
  const edited = () => {
    writeFileSync(path.join(folder, "lib/m.lua"), "return 2");
    writeFileSync(gate, "");
  };
  expect(await after(edited)).toContain("2 passed, 0 failed");
  expect(await after(() => {})).toMatch(/^✔ a\/test\/a\.lua \(a\) .*\nat the gate\n✔ b\/test\/b\.lua \(b\)/);
});

test("a project in another folder is watched, too", async () => {
  const root = makeProject({
    "main/luacov-ts.config.jsonc": {
      reporter: ["text"],
      projects: [
        { name: "own", tests: ["test"] },
        { name: "other", cwd: "../other" },
      ],
    },
    "main/m.lua": "return 1",
    "main/test/a.lua": 'require "m"',
    "other/n.lua": "return 2",
    "other/test/b.lua": 'require "n"',
  });
  const { after, write } = watchIn(root, ["-C", "main"]);
  const shownAfter = async (action: () => void) => shown(await after(action));
  const other = "✔ ../other/test/b.lua (other)";
  expect(await shownAfter(() => {})).toEqual(["✔ test/a.lua (own)", other, "m.lua", "n.lua"]);
  expect(await shownAfter(write("other/n.lua", "return 3"))).toEqual([other, "m.lua", "n.lua"]);
});

test("of what nobody has, a watch says what a run says", async () => {
  const { after } = startWatch({ "luacov-ts.config.jsonc": { projects: ["a"] }, "a/src/m.lua": "" });
  expect(await after(() => {}, "\n")).toBe('ERROR: No project has any test file; there are "a"');
});
