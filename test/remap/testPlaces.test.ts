import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withOriginals } from "../../src/remap/texts.js";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";
import { testWith } from "../support/tools.js";

const stock = path.join(import.meta.dirname, "stock");
const read = (name: string) => readFileSync(path.join(stock, name), "utf8");
const mapOf = (name: string) => read(`${name}.lua.map`).replace(`"${name}.ts"`, `"../src/${name}.ts"`);
const specMap = mapOf("stock_spec");

/** Sources and specs in TypeScript, with what TypeScriptToLua 1.37 has made of them. */
function projectOf(files: Readonly<Record<string, string>> = {}, folder = ""): string {
  const own = {
    "luacov-ts.config.json": JSON.stringify({
      luaPath: ["lua/?.lua"],
      include: ["lua/**"],
      tests: ["lua/*_spec.lua"],
      reporter: ["none"],
    }),
    "tsconfig.json": JSON.stringify({ compilerOptions: { outDir: "lua" } }),
    "lua/stock.lua": read("stock.lua"),
    "lua/stock.lua.map": mapOf("stock"),
    "lua/stock_spec.lua": read("stock_spec.lua"),
    "lua/stock_spec.lua.map": specMap,
    ...files,
  };
  const all = Object.entries(own).map(([name, text]) => [path.posix.join(folder, name), text]);
  const root = makeProject(Object.fromEntries(all));
  mkdirSync(path.join(root, folder, "src"));
  for (const name of ["stock.ts", "stock_spec.ts"])
    copyFileSync(path.join(stock, name), path.join(root, folder, "src", name));
  return root;
}

interface Told {
  readonly names: readonly string[];
  readonly place: { readonly file: string; readonly line: number } | null;
  readonly failedAt: { readonly file: string; readonly line: number } | null;
  readonly message: string;
  readonly traceback: string;
  readonly excerpt: string;
  readonly unchanged?: boolean;
}

async function told(folder: string, ...args: readonly string[]): Promise<readonly Told[]> {
  const { stdout } = await runCli(folder, ["--test-reporter", "json", ...args]);
  const report: { readonly files: readonly { readonly results: readonly Told[] }[] } = JSON.parse(stdout);
  return report.files.flatMap(({ results }) => results);
}

/** Where each test is, where it failed, and which places its texts have. */
function placesIn(tests: readonly Told[]): readonly string[] {
  return tests.map(({ names, place, failedAt, message, traceback }) => {
    const where = (at: Told["place"]) => (at === null ? "-" : `${at.file}:${at.line}`);
    const texts = `${message}\n${traceback}`.match(/[\w./]+\.(?:lua|ts):\d+/g) ?? [];
    return [names.at(-1), where(place), where(failedAt), ...texts].join(" ");
  });
}

const inTypeScript = [
  "is taken src/stock_spec.ts:26 -",
  "is counted src/stock_spec.ts:30 src/stock_spec.ts:31 src/stock_spec.ts:31 src/stock_spec.ts:31 src/stock_spec.ts:30",
  "has no pears src/stock_spec.ts:34 src/stock_spec.ts:16 src/stock_spec.ts:16 src/stock_spec.ts:16 src/stock_spec.ts:35 src/stock_spec.ts:34",
  "is not there src/stock_spec.ts:39 src/stock.ts:7 src/stock.ts:7 src/stock.ts:7 src/stock_spec.ts:41 src/stock_spec.ts:39",
  "is worth it src/stock_spec.ts:44 -",
];

const inLua = [
  "is taken lua/stock_spec.lua:16 -",
  "is counted lua/stock_spec.lua:25 lua/stock_spec.lua:28 lua/stock_spec.lua:28 lua/stock_spec.lua:28 lua/stock_spec.lua:27",
];

test.for(["fengari", "5.1", "5.4"])("tests and failures are where people wrote them, in %s", async (lua) => {
  const tests = await told(projectOf(), "--lua", lua);
  expect(placesIn(tests)).toEqual(inTypeScript);
  expect(tests[2]?.excerpt).toBe(
    "  14 | /** Fails where it is called, and not where the test begins. */\n" +
      "  15 | function refuse(this: void, article: string): never {\n" +
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of the source
      "> 16 |   throw `no ${article} here`;\n  17 | }\n  18 |",
  );
});

testWith("lua5.4")("and in a Lua of the user's, by whose names files are, too", async () => {
  expect(placesIn(await told(projectOf(), "--lua", "lua5.4"))).toEqual(inTypeScript);
});

testWith("luajit", "busted")("and by an installed busted", async () => {
  const tests = await told(projectOf(), "--lua", "luajit", "--framework", "busted");
  expect(placesIn(tests).slice(1, 2)).toEqual([
    expect.stringMatching(/^is counted src\/stock_spec\.ts:30 src\/stock_spec\.ts:31 /),
  ]);
});

test("so they are in what is tried again, and in a project elsewhere whose names Lua cuts", async () => {
  const folder = "a folder with a name that is longer than what Lua shows of names/of which there are more";
  const root = projectOf({}, folder);
  const again = await told(root, "--cwd", folder, "--retry", "1");
  expect(again.map(({ place, failedAt }) => [place?.line, failedAt?.line])).toEqual([
    [26, undefined],
    [30, 31],
    [34, 16],
    [39, 7],
    [44, undefined],
  ]);
  expect(again[3]?.failedAt?.file).toBe(`${folder}/src/stock.ts`);
  expect(again[3]?.message.startsWith(`${folder}/src/stock.ts:7: `)).toBe(true);
  expect(again[3]?.traceback).not.toContain(".lua:");
});

test("JUnit, TAP and GitHub name them", async () => {
  const folder = projectOf();
  const [junit, tap, github] = await Promise.all(
    ["junit", "tap", "github"].map((name) => runCli(folder, ["--test-reporter", name])),
  );
  expect(junit?.stdout).toContain('file="src/stock_spec.ts" line="34"');
  expect(junit?.stdout).toContain("src/stock_spec.ts:31: Expected objects to be equal");
  expect(tap?.stdout).toContain("src/stock_spec.ts");
  expect(github?.stdout).toContain("::error file=src/stock_spec.ts,line=16,");
  expect(`${junit?.stdout}${tap?.stdout}${github?.stdout}`).not.toMatch(/stock_spec\.lua:\d/);
});

const inline = Buffer.from(specMap).toString("base64");
const withoutMap = { "lua/stock_spec.lua.map": "[]" };

test("a map may be in the file", async () => {
  const folder = projectOf({
    "lua/other_spec.lua": `${read("stock_spec.lua")}--# sourceMappingURL=data:application/json;base64,${inline}\n`,
  });
  expect(placesIn(await told(folder, "lua/other_spec.lua"))).toEqual(inTypeScript);
});

test.for<[what: string, files: Readonly<Record<string, string>>, args: readonly string[]]>([
  ["what is no map", withoutMap, []],
  ["a source that is gone", { "lua/stock_spec.lua.map": read("stock_spec.lua.map") }, []],
  ["who wants it so", {}, ["--no-source-map"]],
])("the Lua is named for %s", async ([, files, args]) => {
  expect(placesIn(await told(projectOf(files), ...args)).slice(0, 2)).toEqual(inLua);
});

test("who and tests know tests where people wrote them", async () => {
  const folder = projectOf();
  await runCli(folder, ["--by-test"]);
  const [who, tests, asLua] = await Promise.all([
    runCli(folder, ["who", "src/stock.ts:12"]),
    runCli(folder, ["tests", "--json", "src/stock.ts"]),
    runCli(folder, ["who", "--no-source-map", "lua/stock.lua:9"]),
  ]);
  expect(who.stdout).toBe("src/stock.ts:12: 1 of 4 tests\n\n  1x  src/stock_spec.ts:26  stock is taken\n");
  const { tests: known }: { readonly tests: readonly { readonly file: string; readonly line: number }[] } =
    JSON.parse(tests.stdout);
  expect(known.map(({ file, line }) => `${file}:${line}`)).toEqual(
    [26, 30, 34, 39].map((line) => `src/stock_spec.ts:${line}`),
  );
  expect(asLua.stdout).toContain("  1x  lua/stock_spec.lua:16  stock is taken\n");
});

test("what did not run again is told by the map as it is now", async () => {
  const passing = read("stock_spec.lua")
    .replace("211,", "190,")
    .replace('refuse("pears")', "1")
    .replace("nothing,", "shelf,");
  const folder = projectOf({ "lua/stock_spec.lua": passing });
  await runCli(folder, ["--changed"]);
  // A line more before all of it, of which there is nothing in the Lua.
  writeFileSync(path.join(folder, "lua/stock_spec.lua.map"), specMap.replace(";AAWwB", ";AAYwB"));
  const again = await told(folder, "--changed");
  expect(again.map(({ place, unchanged }) => [place?.line, unchanged])).toEqual(
    [27, 31, 35, 40, 45].map((line) => [line, true]),
  );
});

const find = (name: string, line: number) =>
  name === "lua/a.lua" ? { file: "src/a.ts", line: line * 10 } : null;

test.for([
  ["lua/a.lua:1: no", "src/a.ts:10: no"],
  ["lua/a.lua:1: lua/a.lua:2: no", "src/a.ts:10: src/a.ts:20: no"],
  ["lua/b.lua:1: lua/a.lua:2: no", "lua/b.lua:1: lua/a.lua:2: no"],
  ["lua/a.lua:1: got 'lua/a.lua:2: no'", "src/a.ts:10: got 'lua/a.lua:2: no'"],
  ["expected lua/a.lua:1: no", "expected lua/a.lua:1: no"],
  ["no\nlua/a.lua:1: no", "no\nsrc/a.ts:10: no"],
  ["timed out at lua/a.lua:1", "timed out at src/a.ts:10"],
  [
    "the program executed more than 5 instructions, at lua/a.lua:3; --max-instructions",
    "the program executed more than 5 instructions, at src/a.ts:30; --max-instructions",
  ],
  [
    "stack traceback:\n\t[C]: in function 'error'\n\tlua/a.lua:1: in function <lua/a.lua:2>\n\tlua/b.lua:1: in function <lua/a.lua:3>",
    "stack traceback:\n\t[C]: in function 'error'\n\tsrc/a.ts:10: in function <src/a.ts:20>\n\tlua/b.lua:1: in function <src/a.ts:30>",
  ],
  ["", ""],
] as const)("%j leads to %j", ([text, original]) => {
  expect(withOriginals(text, find)).toBe(original);
});
