import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { decodeName } from "../../../src/files/names.js";
import { makeFolder } from "../../support/folder.js";
import { writeAt } from "../../support/hostile.js";
import { watchIn } from "../../support/watch.js";

const name = decodeName(Buffer.from([0x6c, 0xe9]));

// Other systems' file systems have no such names.
test.skipIf(process.platform !== "linux")("a watch sees names of any bytes, and opens no pipe", async () => {
  const folder = makeFolder({ "test/a.lua": 'require "src.m"', "src/m.lua": "return 1" });
  execFileSync("mkfifo", ["x.lua", "test/pipe.lua"], { cwd: folder });
  execFileSync("ln", ["-s", "loop", "loop"], { cwd: folder });
  writeAt(folder, `old${name}/m.lua`, "return 1\n");
  writeAt(folder, `test/old${name}.lua`, `dofile(arg[0]:match("old.*%.lua"):sub(1, -5) .. "/m.lua")\n`);
  const { after, end } = watchIn(folder, ["--reporter", "none"]);
  const ran = async (action: () => void) => {
    return Array.from((await after(action)).matchAll(/^✔ (.*) \(N ms\)$/gm), ([, file]) => file);
  };
  const old = "test/oldl\\xe9.lua";
  expect(await ran(() => {})).toEqual(["test/a.lua", old]);
  expect(await ran(() => writeAt(folder, `test/${name}.lua`, "local x = 1\n"))).toEqual(["test/l\\xe9.lua"]);
  expect(await ran(() => writeAt(folder, `test/new\n${name}/b.lua`, "local x = 1\n"))).toEqual([
    "test/new\\nl\\xe9/b.lua",
  ]);
  expect(await ran(() => writeAt(folder, `test/new\n${name}/b.lua`, "local x = 2\n"))).toEqual([
    "test/new\\nl\\xe9/b.lua",
  ]);
  execFileSync("mkfifo", ["src/pipe.lua"], { cwd: folder });
  expect(await ran(() => writeAt(folder, `old${name}/m.lua`, "return 2\n"))).toEqual([old]);
  expect(await end()).toBe(130);
});
