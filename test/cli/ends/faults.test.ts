import path from "node:path";
import { expect, test } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs } from "../../support/luaDifferences.js";

const module = "local M = {}\nfunction M.count()\n  return 1\nend\nreturn M\n";

/** Test files that do what they should not; then the beginning of their result, and what they print before. */
const placeOfSearch = differs("a program in C that is examined")
  ? "at test/searches.lua:1"
  : differs("what a call in C does")
    ? "at test/searches.lua"
    : "after 8 s inside a library function";

const faults: readonly (readonly [name: string, lua: string, result: string, printed?: string])[] = [
  [
    "loops",
    "while true do end",
    `✖ test/loops.lua (N ms)\n    timed out at test/loops.lua${differs("a loop that heeds no signal") ? "" : ":1"}\n`,
  ],
  [
    "allocates",
    "print('before') local t = {} while true do t[#t + 1] = {} end",
    "✖ test/allocates.lua (N ms)\n    the program ran out of memory",
    "before\n",
  ],
  [
    "searches",
    "print('before') string.find(('a'):rep(100) .. 'b', ('a?'):rep(50) .. ('a'):rep(101))",
    `✖ test/searches.lua (N ms)\n    timed out ${placeOfSearch}\n`,
    "before\n",
  ],
  ["exits", "os.exit(0) error('not reached')", "✔ test/exits.lua (N ms)\n"],
  [
    "closes",
    `${differs("a file's close without a file") ? "" : "assert(not pcall(io.stdout.close))"} io.stdout:close() print('still')`,
    "✔ test/closes.lua",
    "still\n",
  ],
  [
    "output",
    "io.output(os.tmpname()) io.write('x') os.remove('x') io.close() print('still')",
    "✔ test/output.lua",
    "still\n",
  ],
  ["table", "error({})", "✖ test/table.lua (N ms)\n    (error object is a table value: {})\n"],
  ["nil", "error(nil)", "✖ test/nil.lua (N ms)\n    (error object is a nil value)\n"],
  [
    "executes",
    `print('1') assert(os.execute('"' .. arg[-1] .. '" src/child.lua')) print('3')`,
    "✔ test/executes.lua",
    "1\n2\n3\n",
  ],
  [
    "opens",
    `local p = io.popen('"' .. arg[-1] .. '" src/child.lua') print(p:read('*a')) assert(p:close())`,
    "✔ test/opens.lua",
    "2\n\n",
  ],
  [
    "pipes",
    "local p = io.popen('cat', 'w') print('1') p:write('2\\n') p:close() print('3')",
    "✔",
    "1\n2\n3\n",
  ],
  ["background", "print('1') os.execute('sleep 5 & echo 2') print('3')", "✔", "1\n2\n3\n"],
  ["deletes", "assert(os.remove(arg[0])) print('gone')", "✔ test/deletes.lua", "gone\n"],
  ["last", "print('the last one')", "✔ test/last.lua (N ms)\n", "the last one\n"],
];

/** Files that perhaps cannot say any more what they did. */
const silent = [
  ...(differs("counts of a call that never returns") ? ["searches"] : []),
  ...(differs("a loop that heeds no signal") ? ["loops", "allocates"] : []),
];

test("what one file does is no other's matter, with any number of workers", async () => {
  const files = Object.fromEntries(
    faults.map(([name, lua]) => [`test/${name}.lua`, `require("src.m").count() ${lua}`]),
  );
  const sources = { "src/m.lua": module, "src/child.lua": 'require("src.m").count() print(2)' };
  const flags = ["--timeout", "8", "--max-memory", "40", "--reporter", "none"];
  const sorted = faults.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const runs: string[] = [];
  for (const jobs of ["1", "4"]) {
    const folder = makeFolder({ ...files, ...sources });
    const { code, stdout } = await runCli(folder, ["--jobs", jobs, ...flags]);
    const blocks = stdout.split(/(?<=^[✔✖] .*\n(?: {4}.*\n)*)(?! {4})/m);
    expect(blocks.length).toBe(sorted.length + 1);
    for (const [index, [name, , result, printed = ""]] of sorted.entries()) {
      expect(blocks[index]?.startsWith(`${printed}${result}`), `${name}: ${blocks[index]}`).toBe(true);
    }
    expect(blocks.at(-1)).toContain("\n9 passed, 5 failed\n");
    expect(code).toBe(1);
    const coverage = readCoverage(path.join(folder, ".nyc_output"));
    // Each test, and both children.
    const count = coverage[path.join(folder, "src/m.lua")]?.f[0] ?? 0;
    const most = faults.length + 2;
    expect([most, most - 1, most - 2, most - 3].slice(0, 1 + silent.length)).toContain(count);
    // Behind that, the slowest tests are in no order that could be the same twice.
    const told = stdout.slice(0, stdout.indexOf("\nSlowest tests")).replace(/\b0x[\da-f]+/g, "0x");
    // Whether a loop is in compiled code when it is asked where it is, or there is no memory left, is a matter of chance.
    const withoutPlaces = told.replace(/^ {3,}.*\n/gm, "").replace(/\n{2,}/g, "\n");
    runs.push(differs("a loop that heeds no signal") ? withoutPlaces : told);
  }
  expect(runs[1]).toBe(runs[0]);
}, 300_000);

test("a thousand files have a thousand results, in order", async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `test/${String(index).padStart(4, "0")}.lua`);
  const folder = makeFolder({
    "src/m.lua": module,
    ...Object.fromEntries(names.map((name) => [name, `require("src.m").count() print("${name}")`])),
  });
  const { code, stdout } = await runCli(folder, ["--reporter", "none"]);
  const expected = names.map((name) => `${name}\n✔ ${name} (N ms)\n`).join("");
  // On a busy machine some are slow enough to be listed.
  const told = stdout.replace(/^Slowest tests\n(?: .*\n)+\n/m, "");
  expect(told).toBe(`${expected}\n1000 passed, 0 failed\n\n`);
  expect(code).toBe(0);
  const coverage = readCoverage(path.join(folder, ".nyc_output"));
  expect(coverage[path.join(folder, "src/m.lua")]?.f).toEqual({ 0: 1000 });
}, 300_000);

test("results are told although the temp-dir cannot be written", async () => {
  const folder = makeFolder({
    "src/m.lua": module,
    "test/a.lua": 'require("src.m").count() os.rename("taken", "moved") io.open("taken", "w"):close()',
  });
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "none", "--temp-dir", "taken/temp"]);
  expect(stdout).toContain("✔ test/a.lua (N ms)\n");
  expect(stderr).toMatch(/^ERROR: Cannot write to <folder>\/taken\/temp: .*\n$/);
  expect(code).toBe(2);
});
