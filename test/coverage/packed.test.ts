import fc from "fast-check";
import istanbul from "istanbul-lib-coverage";
import { expect, test } from "vitest";
import { istanbulMap } from "../../src/coverage/packed/istanbulMap.js";
import { JsonBytes } from "../../src/coverage/packed/jsonBytes.js";
import type { PackedCoverage } from "../../src/coverage/packed/packed.js";
import { writePackedJson } from "../../src/coverage/packed/packedJson.js";
import { packedMap } from "../../src/coverage/packed/packedMap.js";
import { packedFromText } from "../../src/coverage/packed/packedText.js";
import { unpack } from "../../src/coverage/packed/unpack.js";
import type { FileCoverageData } from "../../src/types.js";
import { measure } from "../support/measure.js";
import { pack } from "../support/pack.js";

/** Of the prototype that objects have. */
const plain = { noNullPrototype: true } as const;
const location = fc.record({ line: fc.integer({ min: 1, max: 2 ** 31 - 1 }), column: fc.nat() }, plain);
const range = fc.record({ start: location, end: location }, plain);
const count = fc.oneof(fc.nat(12), fc.nat(), fc.maxSafeNat());
const statement = fc.record({ range, count });
const fn = fc.record({ name: fc.string({ unit: "binary" }), decl: range, loc: range, count });
const way = fc.record({ range, count });
const branch = fc.record({
  type: fc.constantFrom("if", "binary-expr", "loop"),
  loc: range,
  ways: fc.array(way),
  truthy: fc.array(count),
});

/** In a room that is too small at first. */
function packedJson(packed: PackedCoverage): string {
  const json = new JsonBytes(1);
  writePackedJson(packed, json);
  return json.bytes.toString("utf8");
}

function byIndex<T>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.entries());
}

const file = fc
  .record({
    path: fc.string({ unit: "binary" }),
    isAll: fc.boolean(),
    statements: fc.array(statement),
    functions: fc.array(fn),
    branches: fc.array(branch),
  })
  .map(
    ({ path, isAll, statements, functions, branches }): FileCoverageData => ({
      path,
      ...(isAll ? { all: true } : {}),
      statementMap: byIndex(statements.map((each) => each.range)),
      fnMap: byIndex(functions.map(({ name, decl, loc }) => ({ name, decl, loc, line: decl.start.line }))),
      branchMap: byIndex(
        branches.map(({ type, loc, ways }) => ({
          type,
          loc,
          locations: ways.map((each) => each.range),
          line: loc.start.line,
        })),
      ),
      s: byIndex(statements.map((each) => each.count)),
      f: byIndex(functions.map((each) => each.count)),
      b: byIndex(branches.map(({ ways }) => ways.map((each) => each.count))),
      bT: byIndex(branches.map(({ truthy }) => truthy)),
    }),
  );

test("what was packed is as before, in as many places", () => {
  fc.assert(
    fc.property(file, (data) => {
      expect(unpack(pack(data))).toStrictEqual(data);
    }),
  );
});

test("the JSON of a packed file is that of the file", () => {
  fc.assert(
    fc.property(file, (data) => {
      expect(packedJson(pack(data))).toBe(JSON.stringify(data));
    }),
  );
});

function readText(text: string): PackedCoverage | null {
  // Within other bytes, as in a map.
  const bytes = Buffer.from(`--${text}--`);
  return packedFromText(bytes, 2, bytes.length - 2);
}

test("the JSON of a packed file is read as it was packed, unless a count is greater than fifteen digits", () => {
  const isShort = ({ counts }: PackedCoverage) => counts.every((each) => each < 1e15);
  fc.assert(
    fc.property(file, (data) => {
      const packed = pack(data);
      expect(readText(packedJson(packed))).toStrictEqual(isShort(packed) ? packed : null);
    }),
  );
});

test("a text that was changed is read as JSON reads it, or not at all", () => {
  const change = fc.record({
    at: fc.nat(),
    removed: fc.nat(3),
    added: fc.string({ unit: "grapheme-ascii", maxLength: 3 }),
  });
  let read = 0;
  fc.assert(
    fc.property(file, change, (data, { at, removed, added }) => {
      const text = packedJson(pack(data));
      const place = at % text.length;
      const changed = Buffer.from(text.slice(0, place) + added + text.slice(place + removed)).toString();
      const packed = readText(changed);
      if (packed === null) return;
      read++;
      expect(unpack(packed)).toStrictEqual(JSON.parse(changed));
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(0);
});

test.for([
  ["spaces", '{"path": "/a.lua"'],
  ["another key", '{"hash":"x","path":"/a.lua"'],
  [
    "a number that JSON does not know",
    '{"path":"/a.lua","statementMap":{"0":{"start":{"line":01,"column":0}',
  ],
  ["an end in the middle", '{"path":"/a'],
  ["nothing", ""],
] as const)("%s is another text", ([, text]) => {
  expect(readText(text)).toBe(null);
});

test("a measured file is packed without loss", () => {
  const { coverage } = measure(`
    local function sign(n, ...)
      if n < 0 and ... or not n then return "negative" end
      for i = 1, n do if i == 2 then break end end
      return n > 0 and "positive" or "zero"
    end
    return sign(0), sign(3), function() end`);
  expect(unpack(pack(coverage))).toStrictEqual(coverage);
});

/** Istanbul takes no file without a path. */
const named = file.filter(({ path }) => path !== "");

test("Istanbul's figures of a packed file, and all that it shows of it, are those of its objects", () => {
  fc.assert(
    fc.property(fc.uniqueArray(named, { selector: ({ path }) => path, maxLength: 3 }), (files) => {
      const plain = istanbul.createCoverageMap(Object.fromEntries(files.map((data) => [data.path, data])));
      const packed = istanbulMap(packedMap(files.map(pack)));
      expect(packed.files()).toEqual(plain.files());
      expect(packed.getCoverageSummary()).toEqual(plain.getCoverageSummary());
      for (const name of plain.files()) {
        const [one, other] = [packed.fileCoverageFor(name), plain.fileCoverageFor(name)];
        expect(one.getLineCoverage()).toEqual(other.getLineCoverage());
        expect(one.getUncoveredLines()).toEqual(other.getUncoveredLines());
        expect(one.getBranchCoverageByLine()).toEqual(other.getBranchCoverageByLine());
        expect(one.toJSON()).toStrictEqual(other.toJSON());
      }
    }),
  );
});

test("lists of counts are as JSON has them, in any room", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(count, fc.constant(1e300))), fc.nat(40), (list, room) => {
      const json = new JsonBytes(room);
      json.numbers(Float64Array.from([...list, 7]), list.length);
      expect(`[${json.bytes}]`).toBe(JSON.stringify(list));
    }),
  );
});
