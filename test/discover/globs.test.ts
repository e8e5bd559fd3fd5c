import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { findSources } from "../../src/discover/sources.js";
import { findTests } from "../../src/discover/tests.js";
import { verdict } from "../../src/discover/verdict.js";
import { LuacovError } from "../../src/errors.js";
import type { Scope } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { runsOf } from "../support/runs.js";

/** What nyc itself asks, and how it finds files; it comes with nyc and without types. */
interface Asked {
  shouldInstrument(file: string): boolean;
  globSync(): string[];
}
type Settings = Pick<Scope, "include" | "exclude" | "extension"> & { readonly cwd: string };
const TestExclude: new (settings: Settings) => Asked = createRequire(import.meta.url)("test-exclude");

const steps = [
  ...[
    "a",
    "b",
    "ab",
    ".a",
    "a1",
    "a10",
    "(g)",
    "[b]",
    "{c}",
    "!x",
    "#h",
    "a b",
    "a\\b",
    "é",
    "..a",
    "node_modules",
  ],
];
const names = [
  "a.lua",
  "b.lua",
  "ab.lua",
  ".a.lua",
  "a1.lua",
  "a10.lua",
  "!x.lua",
  "(g).lua",
  "a.txt",
  "[b].lua",
];

const literals = [...steps, ...names, "a\\*", "\\!x", "\\(g\\)", "\\[b\\]"];
const wild = [
  ...["*", "**", "?", "*.lua", "?.lua", "a*", ".*", "**.lua", "***", "*a*"],
  ...["[ab]", "[!a]", "[^a]", "[!a].lua", "[a-b].lua", "[z-a]", "[a", "[]a]", "[[:alpha:]]", "[!.]*"],
  ...[
    "{a,b}",
    "{a,b}.lua",
    "a{1..10}.lua",
    "a{1..10}",
    "{a,{b,ab}}",
    "{a",
    "{}",
    "{a}",
    "{a/**,b}",
    "{,a}b.lua",
  ],
  ...[
    "!(a)",
    "!(a).lua",
    "!(a|b)*.lua",
    "+(a|b).lua",
    "?(a)b.lua",
    "*(a).lua",
    "@(a|b)",
    "@(a",
    "!(",
    "(a|b)",
  ],
];
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...literals) },
  { weight: 3, arbitrary: fc.constantFrom(...wild) },
  { weight: 1, arbitrary: fc.constantFrom(".", "..", "", " ", "#", "!", "\\") },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom(..."ab.*?[]{}()!+@|\\/,-^# ".split("")), maxLength: 8 }),
  },
);
const glob = fc
  .tuple(
    fc.constantFrom("", "", "", "", "!", "!!", "./", "../", "/", "#", " "),
    fc.array(step, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("", "", "", "/", "/**", "/**/*", "//", " "),
  )
  .map(([start, middle, end]) => start + middle.join("/") + end);
const globs = fc.array(glob, { maxLength: 3 });
const file = fc
  .tuple(fc.array(fc.constantFrom(...steps), { maxLength: 3 }), fc.constantFrom(...names))
  .map(([folders, name]) => [...folders, name].join("/"));
const runs = runsOf(1500);
const fewRuns = Math.ceil(runs / 15);

test("a verdict is nyc's, whatever the patterns are", () => {
  const root = path.resolve("/project");
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 8 }), globs, globs, (files, include, exclude) => {
      // nyc takes "..a" for a place outside of the project, which has nothing to do with globs.
      const inside = files.filter((each) => !each.startsWith(".."));
      const scope = {
        root,
        tests: [],
        include,
        exclude: [...exclude, "**/.luarocks/**"],
        extension: [".lua"],
      };
      const nyc = new TestExclude({ ...scope, cwd: root });
      for (const each of inside) {
        const place = path.join(root, each);
        expect([each, verdict(scope, place).measured]).toEqual([each, nyc.shouldInstrument(place)]);
      }
    }),
    { numRuns: runs },
  );
});

/** A folder with every name in every folder. */
function makeTree() {
  const folders = [
    "",
    ...steps,
    ...["a", "b", "(g)", "[b]", ".a", "!x"].flatMap((a) => ["a", "b", ".a"].map((b) => `${a}/${b}`)),
  ];
  const files = folders.flatMap((folder) =>
    names.map((name) => (folder === "" ? name : `${folder}/${name}`)),
  );
  return { files, root: makeFolder(Object.fromEntries(files.map((each) => [each, ""]))) };
}

test("all finds what nyc finds", () => {
  const { files, root } = makeTree();
  fc.assert(
    fc.property(globs, globs, (include, exclude) => {
      const scope = { root, tests: [], include, exclude, extension: [".lua"] };
      const nyc = new TestExclude({ ...scope, cwd: root });
      const expected = files.filter(
        (each) => !each.startsWith("..") && nyc.shouldInstrument(path.join(root, each)),
      );
      const found = findSources(scope).map((each) => path.relative(root, each));
      expect(found.filter((each) => !each.startsWith(".."))).toEqual(expected.toSorted());
    }),
    { numRuns: fewRuns },
  );
});

test("a test file is found by what would measure it", () => {
  const { files, root } = makeTree();
  fc.assert(
    fc.property(glob, (pattern) => {
      // A name means what is there, also in node_modules, "!" takes out, and paths may lead elsewhere.
      fc.pre(!pattern.includes("node_modules"));
      fc.pre(
        !existsSync(path.resolve(root, pattern)) && !/^\s*[!/]|(^|[/{,\s])\.{1,2}([/},\s]|$)/.test(pattern),
      );
      const nyc = new TestExclude({ cwd: root, include: [pattern], exclude: [], extension: [".lua"] });
      const expected = files.filter(
        (each) => !each.startsWith("..") && nyc.shouldInstrument(path.join(root, each)),
      );
      const found = testsIn(root, [pattern]).map((each) => path.relative(root, each));
      expect(found.filter((each) => !each.startsWith("..") && each.endsWith(".lua"))).toEqual(
        expected.toSorted(),
      );
    }),
    { numRuns: fewRuns },
  );
});

const places = ["x/b", "y/c", "xy/e", "(group)/d", "a1", "a2", "a10", "!n", "a b", "{m}", "[k]"].map(
  (name) => `${name}.lua`,
);

// As nyc 17 has it.
test.for([
  ["[!y]/**", ["x/b"]],
  ["(group)/**", ["(group)/d"]],
  ["a{1..10}.lua", ["a1", "a10", "a2"]],
  ["!(x)/**", ["(group)/d", "xy/e", "y/c"]],
  ["x", ["x/b"]],
  ["x*", ["x/b", "xy/e"]],
  ["?", ["x/b", "y/c"]],
  ["a[0-9]*", ["a1", "a10", "a2"]],
  ["a\\ b.lua", ["a b"]],
  ["*{b,2}.lua", ["a b", "a2"]],
  ["\\[k\\].lua", ["[k]"]],
  ["+(x|y)/*", ["x/b", "xy/e", "y/c"]],
  ["\\{m}.lua", ["{m}"]],
] as const)("%s is the same for sources, tests and configuration: %j", async ([glob, names]) => {
  const root = makeFolder(Object.fromEntries(places.map((name) => [`src/${name}`, ""])));
  writeFileSync(path.join(root, ".nycrc.json"), JSON.stringify({ include: [`src/${glob}`] }));
  const { include, exclude, extension } = await loadConfig({ cwd: root });
  const expected = names.map((name) => path.join(root, `src/${name}.lua`));
  expect(findSources({ root, tests: [], include, exclude, extension })).toEqual(expected);
  const others = findSources({ root, tests: [], include: [], exclude: include, extension });
  expect([...others, ...expected].sort()).toEqual(places.map((name) => path.join(root, "src", name)).sort());
  for (const operand of [
    `src/${glob}`,
    `./src/${glob}`,
    path.join(root, `src/${glob}`),
    `../${path.basename(root)}/src/${glob}`,
  ]) {
    expect(findTests([operand], root)).toEqual(expected);
    expect(findTests(["src", `!${operand}`], root)).toEqual(others);
  }
});

function testsIn(root: string, patterns: readonly string[]): string[] {
  try {
    return findTests(patterns, root);
  } catch (error) {
    if (error instanceof LuacovError && error.code === "NO_TESTS") return [];
    throw error;
  }
}
