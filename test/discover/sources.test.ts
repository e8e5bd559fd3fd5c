import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findSources } from "../../src/discover/sources.js";
import { makeFolder } from "../support/folder.js";

test("all finds every measured file, hidden ones and odd names included, and walks into no link", () => {
  const root = makeFolder({
    "a.lua": "",
    ".hidden/b.lua": "",
    "deep/we[i]rd {name}.lua": "",
    "deep/back\\slash.lua": "",
    "deep/readme.md": "",
    "test/t.lua": "",
    "old/c.lua": "",
    "lua_modules/share/d.lua": "",
    ".git/e.lua": "",
  });
  mkdirSync(path.join(root, "folder.lua"));
  symlinkSync("nowhere.lua", path.join(root, "dangling.lua"));
  symlinkSync("..", path.join(root, "deep/up"));
  symlinkSync("../a.lua", path.join(root, "deep/link.lua"));
  const found = (exclude: readonly string[]) =>
    findSources({
      root,
      tests: [path.join(root, "test/t.lua")],
      include: [],
      exclude,
      extension: [".lua"],
    }).map((file) => path.relative(root, file));
  const usual = [".hidden/b.lua", "a.lua", "deep/back\\slash.lua", "deep/we[i]rd {name}.lua"];
  expect(found(["old"])).toEqual(usual);
  expect(found(["old", "!lua_modules/share"])).toEqual([".git/e.lua", ...usual, "lua_modules/share/d.lua"]);
});

test("a project inside somebody's node_modules is measured like any other", () => {
  const folder = makeFolder({
    "node_modules/project/a.lua": "",
    "node_modules/project/node_modules/b.lua": "",
  });
  const root = path.join(folder, "node_modules/project");
  const found = findSources({ root, tests: [], include: [], exclude: [], extension: [".lua"] });
  expect(found).toEqual([path.join(root, "a.lua")]);
});
