import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { decodeName } from "../../../src/files/names.js";
import { exitCode, startCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { writeAt } from "../../support/hostile.js";
import { withoutLua } from "../../support/testLua.js";

const waiting = "Waiting for changes; Ctrl-C ends.\n";
const name = decodeName(Buffer.from([0x6c, 0xe9]));

// Other systems' file systems have no such names.
test.skipIf(process.platform !== "linux")("a watch sees names of any bytes, and opens no pipe", async () => {
  const folder = makeFolder({ "test/a.lua": 'require "src.m"', "src/m.lua": "return 1" });
  execFileSync("mkfifo", ["x.lua", "test/pipe.lua"], { cwd: folder });
  execFileSync("ln", ["-s", "loop", "loop"], { cwd: folder });
  writeAt(folder, `old${name}/m.lua`, "return 1\n");
  writeAt(folder, `test/old${name}.lua`, `dofile(arg[0]:match("old.*%.lua"):sub(1, -5) .. "/m.lua")\n`);
  const child = startCli(folder, ["--watch", "--reporter", "none"]);
  const code = exitCode(child);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      heard();
    });
  }
  const next = () =>
    new Promise<string>((resolve) => {
      heard = () => {
        if (!output.includes(waiting)) return;
        resolve(withoutLua(output).replace(/\(\d+ ms\)/g, "(N ms)"));
        output = "";
      };
      heard();
    });
  const ran = async (action: () => void) => {
    action();
    return Array.from((await next()).matchAll(/^✔ (.*) \(N ms\)$/gm), ([, file]) => file);
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
  child.kill("SIGINT");
  expect(await code).toBe(130);
});
