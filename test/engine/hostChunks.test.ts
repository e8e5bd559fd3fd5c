import { readFileSync } from "node:fs";
import path from "node:path";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";
import { dumpHostChunk } from "../../src/engine/fengari/bind/bindChunks.js";
import { root } from "../command.js";

const built = path.join(root, "dist/lua");

test("what the build has compiled is what fengari compiles of our Lua", () => {
  const names = fastGlob.sync("**/*.luac", { cwd: built });
  const some = ["host/files/io.luac", "spec/core.luac", "luassert/init.luac", "agent/hooks/hooks.luac"];
  expect(names).toEqual(expect.arrayContaining(some));
  for (const name of names) {
    const text = readFileSync(path.join(root, "src/lua", name.replace(/c$/, "")));
    const same = Buffer.from(dumpHostChunk(text)).equals(readFileSync(path.join(built, name)));
    expect(same, `${name} is of another text: npm run build`).toBe(true);
  }
});
