import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";
import { judges } from "../source/judge.js";
import { luas, startLua } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { libraryLines } from "../support/libraries.js";
import { testWith } from "../support/tools.js";
import { runNative } from "./native.js";

const shipped = fileURLToPath(new URL("../../src/lua", import.meta.url));
const files = fastGlob.sync("**/*.lua", { cwd: shipped });

for (const [version, judge] of judges) {
  test(`Lua ${version} reads every file that we ship`, () => {
    expect(files.length).toBeGreaterThan(80);
    for (const file of files)
      expect(judge(readFileSync(path.join(shipped, file), "utf8")), file).toEqual({ ok: true });
  });
}

/** Says what there is in every library, and in what modules are found by. */
const listing = `${libraryLines}print(table.concat(lines, "\\n"))
print(getmetatable(_G), getmetatable(package.loaded), getmetatable("").__index == string)
print(package.path, package.cpath, arg[0], arg[1], arg[2], arg[-1], ...)
`;

for (const lua of luas) {
  testWith(lua)(`a script finds around it in ${lua} what it finds by itself`, () => {
    const folder = makeFolder({ "plain.lua": listing });
    const ran = runNative(lua, { file: "plain.lua", args: ["x"] }, { cwd: folder });
    expect([ran.code, ran.stderr]).toEqual([0, ""]);
    // LuaJIT's clock comes by its FFI, which is loaded then.
    const withoutFfi = (text: string) => text.replace("loaded.ffi table\n", "");
    const alone = startLua(lua, ["plain.lua", "x"], { cwd: folder });
    expect(withoutFfi(ran.stdout)).toBe(withoutFfi(alone.stdout));
  });
}
