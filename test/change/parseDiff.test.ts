import { expect, test } from "vitest";
import { parseDiff } from "../../src/change/parseDiff.js";

const parsed = (...lines: readonly string[]) =>
  Object.fromEntries(parseDiff(Buffer.from(`${lines.join("\n")}\n`, "latin1")));

test("added and changed lines count, removed ones do not", () => {
  const hunks = [
    "@@ -3 +2,0 @@",
    "-a",
    "@@ -5,2 +4 @@ f()",
    "-b",
    "-c",
    "+d",
    "@@ -9,0 +8,3 @@",
    "+e",
    "+f",
    "+g",
  ];
  expect(parsed("diff --git a/m.lua b/m.lua", "--- a/m.lua", "+++ b/m.lua", ...hunks)).toEqual({
    "m.lua": [
      { first: 4, last: 4 },
      { first: 8, last: 10 },
    ],
  });
});

test("lines of a file that look like a diff are lines of a file", () => {
  const looks = ["+++ b/other.lua", "+@@ -1 +1 @@", "+diff --git a/x b/x", "\\ No newline at end of file"];
  expect(
    parsed("+++ b/m.lua", "@@ -1 +1,3 @@", "--- a/other.lua", "\\ No newline at end of file", ...looks),
  ).toEqual({
    "m.lua": [{ first: 1, last: 3 }],
  });
});

test("a file that is gone, or only renamed, has no lines", () => {
  expect(parsed("--- a/m.lua", "+++ /dev/null", "@@ -1 +0,0 @@", "-x")).toEqual({});
  expect(parsed("similarity index 100%", "rename from a.lua", "rename to b.lua")).toEqual({});
});

test.for([
  ["b/with blank.lua\t", "with blank.lua"],
  ['"b/caf\\303\\251.lua"', "café.lua"],
  ['"b/a\\tb\\"c\\\\d\\n.lua"', 'a\tb"c\\d\n.lua'],
  ['"b/byte\\351.lua"', "byte\udce9.lua"],
  ["b/b/b.lua", "b/b.lua"],
])("%s is %j", ([written = "", name = ""]) => {
  expect(Object.keys(parsed(`+++ ${written}`, "@@ -0,0 +1 @@", "+x"))).toEqual([name]);
});
