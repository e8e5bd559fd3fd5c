import { expect, test } from "vitest";
import { inLua, runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

test("a module that is in a folder of the project, but not on the path, is told with what finds it", async () => {
  const folder = makeFolder({
    "source/util.lua": "return 1",
    "lib/deep/parts/init.lua": "return 1",
    "lua_modules/hidden.lua": "return 1",
    "test/a.lua": 'assert(require "util" == 1)',
    "test/b.lua": 'assert(require "deep.parts" == 1)',
    "test/c.lua": 'require "hidden"',
    "test/d.lua": 'print(pcall(require, "util"))',
    "packages/q/src/zed.lua": "return 1",
    "packages/q/src/test/zed.lua": "return 1",
    "test/e.lua": 'require "zed"',
  });
  const { stderr } = await runCli(folder, inLua(["--reporter", "none", "test"]));
  const advice = (name: string, module: string, file: string, template: string) =>
    `WARNING: test/${name}.lua has not found the module ${module}, which ${file} is where the path has "${template}": --lua-path, or "luaPath" in the configuration, puts it there\n`;
  expect(stderr).toBe(
    advice("a", "util", "source/util.lua", "source/?.lua") +
      advice("b", "deep.parts", "lib/deep/parts/init.lua", "lib/?/init.lua") +
      advice("e", "zed", "packages/q/src/zed.lua", "packages/q/src/?.lua"),
  );
  const templates = ["--lua-path", "source/?.lua", "--lua-path", "lib/?/init.lua"];
  const found = await runCli(folder, inLua([...templates, "--reporter", "none", "test/[ab].lua"]));
  expect([found.code, found.stderr]).toEqual([0, ""]);
});
