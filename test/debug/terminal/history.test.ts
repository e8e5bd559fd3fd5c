import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { keepHistory, mostLines, readHistory } from "../../../src/debug/terminal/input/history.js";
import { makeFolder } from "../../support/folder.js";

test("lines of sessions are kept one after the other, for their user alone", () => {
  const file = path.join(makeFolder({}), "history");
  expect(readHistory(file)).toEqual([]);
  keepHistory(file, ["b 12", "c"]);
  keepHistory(file, ['p "é"']);
  expect(readHistory(file)).toEqual(['p "é"', "c", "b 12"]);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("of many lines the last ones are kept", () => {
  const file = path.join(makeFolder({}), "history");
  writeFileSync(file, "old\n".repeat(mostLines));
  keepHistory(file, ["new"]);
  const lines = readHistory(file);
  expect([lines.length, lines[0], lines[1]]).toEqual([mostLines, "new", "old"]);
});

test("without a place to write nothing is kept, and nothing fails", () => {
  const file = path.join(makeFolder({}), "nowhere", "history");
  keepHistory(file, ["c"]);
  expect(readHistory(file)).toEqual([]);
});
