import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { decodeName, encodeName } from "../../src/files/names.js";
import { excerpt, placeIn } from "../../src/harness/run/results/excerpt.js";
import { makeFolder } from "../support/folder.js";

test("a message names a file with a line's end in its name", () => {
  const file = path.join(makeFolder({ "new\nline.lua": "one\ntwo\n", "line.lua": "" }), "new\nline.lua");
  expect(placeIn(`${file}:2: no`, [file])).toEqual({ file, line: 2 });
  expect(excerpt({ file, line: 2 })).toBe("  1 | one\n> 2 | two");
});

test("a name that Lua has cut inside of a character is that of a loaded file", () => {
  const file = path.join(makeFolder({ "é.lua": "one\n" }), "é.lua");
  // Lua counts bytes.
  const cut = decodeName(encodeName(file).subarray(-5));
  expect(cut).toBe("\udca9.lua");
  expect(placeIn(`...${cut}:1: no`, [file])).toEqual({ file: path.relative(process.cwd(), file), line: 1 });
});

test.skipIf(process.platform === "win32")("a message that names a pipe has no excerpt", () => {
  const file = path.join(makeFolder({}), "pipe.lua");
  execFileSync("mkfifo", [file]);
  expect(placeIn(`${file}:1: no`, [])).toBeNull();
  expect(excerpt({ file, line: 1 })).toBe("");
});
