import { readFileSync } from "node:fs";
import fastGlob from "fast-glob";
import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { differencesBy } from "./judge.js";

/** Every Lua text that is installed here, after its first line if that is for the shell. */
const installed = fastGlob
  .sync(["/usr/share/**/*.lua", "/usr/lib/**/*.lua"], { followSymbolicLinks: false, suppressErrors: true })
  .map((file) => readFileSync(file, "utf8").replace(/^#[^\n]*/, ""));

testWith("lua5.1", "lua5.2", "lua5.3", "lua5.4", "luajit").for([
  ["5.1", "lua5.1"],
  ["5.2", "lua5.2"],
  ["5.3", "lua5.3"],
  ["5.4", "lua5.4"],
  ["LuaJIT", "luajit"],
] as const)("every installed file is judged as by Lua %s", ([version, lua]) => {
  expect(installed.length).toBeGreaterThan(0);
  expect(differencesBy(lua, installed, version)).toEqual([]);
});
