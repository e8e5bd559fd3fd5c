import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatStats, parseStats, type Stats } from "../../src/luacov/stats.js";
import { testWith } from "../support/tools.js";
import { goldenFiles, goldenLuas, goldenStats } from "./golden.js";

const text = (stats: Stats) => formatStats(stats).toString("latin1");
const read = (content: string) => parseStats(Buffer.from(content, "latin1"));

test("a stats file is read as LuaCov writes it", () => {
  expect(read("3:src/a.lua\n1 0 25 \n1:b.lua\n7 \n")).toEqual({
    stats: new Map([
      ["src/a.lua", [1, 0, 25]],
      ["b.lua", [7]],
    ]),
    problem: null,
  });
});

test.for([
  ["nothing", "", [], null],
  ["lines that end as on Windows", "1:a.lua\r\n2 \r\n", ["a.lua"], null],
  ["a name with a colon and blanks", "1:C:\\my sources\\a.lua\n2 \n", ["C:\\my sources\\a.lua"], null],
  ["a count beyond integers", "1:a.lua\n1e+15 \n", ["a.lua"], null],
  [
    "a file that ends early",
    "1:a.lua\n2 \n3:b.lua\n1 ",
    ["a.lua", "b.lua"],
    "line 4 does not hold the hits of 3 lines",
  ],
  ["no hits at all", "2:a.lua", ["a.lua"], "line 2 does not hold the hits of 2 lines"],
  ["more hits than lines", "1:a.lua\n2 3 \n", ["a.lua"], "line 2 does not hold the hits of 1 lines"],
  ["another file", "{}\n", [], "line 1 is not the number of lines and the name of a source"],
  [
    "another file behind the first source",
    "1:a.lua\n2 \nx\n",
    ["a.lua"],
    "line 3 is not the number of lines and the name of a source",
  ],
] as const)("%s in a stats file", ([, content, names, problem]) => {
  const found = read(content);
  expect([...found.stats.keys()]).toEqual(names);
  expect(found.problem).toBe(problem);
});

test("two stats files in one add up", () => {
  expect(read("2:a.lua\n1 2 \n3:a.lua\n1 0 4 \n").stats).toEqual(new Map([["a.lua", [2, 2, 4]]]));
});

test("names are sorted by their bytes, and sources without hits are left out", () => {
  const stats = new Map([
    ["b.lua", [1]],
    ["é.lua", [1]],
    ["z.lua", [1]],
    ["B.lua", [0, 1, 0]],
    ["none.lua", [0, 0]],
  ]);
  expect(formatStats(stats).toString()).toBe("2:B.lua\n0 1 \n1:b.lua\n1 \n1:z.lua\n1 \n1:é.lua\n1 \n");
});

test("what is written is read back, and written again the same", () => {
  const hits = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { maxLength: 20 }).map((each) => [...each, 1]);
  const name = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) =>
    Buffer.from(bytes)
      .toString("latin1")
      .replaceAll(/[\r\n]/g, "_"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, hits), { maxLength: 8 }), (entries) => {
      const stats = new Map(entries);
      const written = formatStats(stats);
      const found = parseStats(written);
      expect(found).toEqual({ stats, problem: null });
      expect(formatStats(found.stats)).toEqual(written);
    }),
  );
});

for (const lua of goldenLuas) {
  testWith(goldenFiles)(`LuaCov's own files of ${lua} are read, and written again byte by byte`, () => {
    const files = goldenStats(lua);
    expect(files).toHaveLength(9);
    for (const { config, file } of files) {
      const content = readFileSync(file);
      const { stats, problem } = parseStats(content);
      expect(problem, config).toBeNull();
      expect(text(stats), config).toBe(content.toString("latin1"));
    }
  });
}
