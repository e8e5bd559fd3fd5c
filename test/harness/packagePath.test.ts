import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { packagePath } from "../../src/harness/plan/modules/packagePath.js";
import { makeFolder } from "../support/folder.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

const system =
  "/usr/local/share/lua/5.3/?.lua;/usr/local/share/lua/5.3/?/init.lua;" +
  "/usr/local/lib/lua/5.3/?.lua;/usr/local/lib/lua/5.3/?/init.lua;" +
  "/usr/share/lua/5.3/?.lua;/usr/share/lua/5.3/?/init.lua";

const modules = ["lua_modules/share/lua/5.3/?.lua", "lua_modules/share/lua/5.3/?/init.lua"] as const;
const ofProject = modules.map((template) => `./${template}`).join(";");

/** Options and environment, then package.path before Lua's own folders, for a root that is the current folder. */
const cases: readonly (readonly [
  luaPath: string | string[],
  environment: Record<string, string>,
  path: string,
])[] = [
  [[], {}, "./?.lua;./?/init.lua"],
  ["src/?.lua;lib/?.lua", {}, "src/?.lua;lib/?.lua;./?.lua;./?/init.lua"],
  [["a/?.lua", "b/?.lua;;"], {}, "a/?.lua;b/?.lua;./?.lua;./?/init.lua"],
  [[], { LUA_PATH: "e/?.lua;;" }, "e/?.lua;./?.lua;./?/init.lua"],
  ["a/?.lua", { LUA_PATH: "e/?.lua", LUA_PATH_5_3: ";;n/?.lua" }, "a/?.lua;n/?.lua;./?.lua;./?/init.lua"],
];

test.for(cases)("lua-path %j and %j", async ([luaPath, environment, expected]) => {
  vi.stubEnv("LUA_PATH", environment.LUA_PATH);
  vi.stubEnv("LUA_PATH_5_3", environment.LUA_PATH_5_3);
  const config = await loadConfig({ cwd: makeFolder({}), luaPath });
  expect(packagePath({ ...config, cwd: process.cwd() }, "project first")).toBe(
    `${expected};${ofProject};${system}`,
  );
});

test("with another root, relative templates of the options are the root's, those of the environment Lua's", async () => {
  vi.stubEnv("LUA_PATH", "e/?.lua");
  vi.stubEnv("LUA_PATH_5_3", undefined);
  const cwd = makeFolder({});
  const config = await loadConfig({ cwd, luaPath: ["src/?.lua", "/abs/?.lua"] });
  const root = (template: string) => path.join(cwd, template);
  expect(packagePath(config, "project first")).toBe(
    [
      ...[root("src/?.lua"), "/abs/?.lua", "e/?.lua", root("?.lua"), root("?/init.lua")],
      ...[...modules.map(root), system],
    ].join(";"),
  );
});

/** The same for a program that runs as `lua` would run it: nothing stands before what `lua` finds. */
const asLua: readonly (readonly [luaPath: string[], path: string | undefined, expected: string])[] = [
  [[], undefined, `${system};./?.lua;./?/init.lua`],
  [["a/?.lua"], undefined, `a/?.lua;${system};./?.lua;./?/init.lua`],
  [[], "e/?.lua", "e/?.lua"],
  [[], "e/?.lua;;", `e/?.lua;${system};./?.lua;./?/init.lua;`],
  [["a/?.lua"], ";;n/?.lua", `a/?.lua;;${system};./?.lua;./?/init.lua;n/?.lua`],
];

test.for(asLua)("as lua, lua-path %j and LUA_PATH %j", async ([luaPath, variable, expected]) => {
  vi.stubEnv("LUA_PATH", variable);
  vi.stubEnv("LUA_PATH_5_3", undefined);
  const config = await loadConfig({ cwd: makeFolder({}), luaPath });
  expect(packagePath({ ...config, cwd: process.cwd() }, "as lua")).toBe(expected);
});
