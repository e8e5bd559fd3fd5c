import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { exitCode, startCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs } from "../../support/luaDifferences.js";
import { withoutLua } from "../../support/testLua.js";

const quiet = ["--reporter", "none"];

test("the bytes of a program reach both streams as written", async () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "a.lua": `require "m"
      local bytes = {}
      for byte = 0, 255 do bytes[#bytes + 1] = string.char(byte) end
      local all = table.concat(bytes)
      io.write(all) io.stderr:write(all) io.stdout:write(1, " ", 2.5, "\\n")
      print(nil, true, 1, 2.0, "a\\0b", "\\255")
      print()`,
  });
  const child = startCli(folder, ["a.lua", ...quiet]);
  const [stdout, stderr, code] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    exitCode(child),
  ]);
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const two = differs("a float's point") ? "2" : "2.0";
  const rest = differs("a NUL in print") ? "" : "\0b";
  const printed = Buffer.from(`1 2.5\nnil\ttrue\t1\t${two}\ta${rest}\t\xff\n\n`, "latin1");
  expect(stdout.subarray(0, stdout.indexOf("✔"))).toEqual(Buffer.concat([all, printed]));
  expect(stderr).toEqual(all);
  expect(code).toBe(0);
});

test("print, io.write and io.stderr keep their order in one pipe", async () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "a.lua": 'require "m" for i = 1, 200 do print(i) io.write(i) io.stderr:write(i, "\\n") end',
  });
  // A shell joins the two streams; the command's own path needs no quoting there.
  const child = shell(folder, `"${process.execPath}" "$BIN" a.lua --reporter none 2>&1`);
  const output = (await buffer(piped(child))).toString();
  // Standard output ends in the midst of a line, as far as it alone is concerned.
  const written = Array.from({ length: 200 }, (_, index) => `${index + 1}\n${index + 1}${index + 1}\n`);
  expect(output.slice(0, output.indexOf(" a.lua"))).toBe(`${written.join("")}\n✔`);
});

test("some megabytes through a pipe that is read slowly arrive whole and in order", async () => {
  const program = (name: string) =>
    `require "m" for i = 1, 5000 do print("${name}" .. string.rep("x", 200)) end`;
  const names = ["a", "b", "c"];
  const folder = makeFolder({
    "m.lua": "return 1",
    ...Object.fromEntries(names.map((name) => [`${name}.lua`, program(name)])),
  });
  const child = startCli(folder, [...names.map((name) => `${name}.lua`), ...quiet]);
  const code = exitCode(child);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) {
    chunks.push(chunk);
    await setTimeout(1);
  }
  const lines = withoutLua(Buffer.concat(chunks).toString())
    .replace(/\(\d+ ms\)/g, "(N ms)")
    .split("\n");
  const expected = names.flatMap((name) => [
    ...Array.from({ length: 5000 }, () => name + "x".repeat(200)),
    `✔ ${name}.lua (N ms)`,
  ]);
  expect(lines.slice(0, -4)).toEqual(expected);
  expect(await code).toBe(0);
});

test("a reader that leaves early is no reason for a stack trace", async () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "a.lua": 'require "m" for i = 1, 5000 do print(string.rep("x", 200)) end',
  });
  const child = startCli(folder, ["a.lua"]);
  const stderr = buffer(child.stderr);
  const code = exitCode(child);
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect((await stderr).toString()).toBe("");
  // The lines that nobody reads cannot be written; what matters is an end with a code, not a signal.
  expect([0, 1]).toContain(await code);
});

function shell(folder: string, command: string): ChildProcess {
  const bin = new URL("../../../bin/luacov-ts.js", import.meta.url).pathname;
  return spawn("sh", ["-c", command], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", BIN: bin },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function piped(child: ChildProcess) {
  if (child.stdout === null) throw new Error("the child has no pipe");
  return child.stdout;
}
