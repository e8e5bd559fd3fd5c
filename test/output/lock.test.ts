import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withLock } from "../../src/output/lock.js";
import { newMark } from "../../src/output/owner.js";
import { makeFolder } from "../support/folder.js";

const count = `import { withLock } from "${path.resolve("build/output/lock.js")}";
  import { readFileSync, writeFileSync } from "node:fs";
  for (let i = 0; i < 50; i++) withLock(process.argv[1], () => {
    writeFileSync(process.argv[1], String(Number(readFileSync(process.argv[1], "utf8")) + 1));
  });`;

test("what several processes do with a file at the same time is done one after the other", async () => {
  const folder = makeFolder({ "a.txt": "0" });
  const file = path.join(folder, "a.txt");
  const run = async () => once(spawn(process.execPath, ["--input-type=module", "-e", count, file]), "close");
  const codes = await Promise.all([run(), run(), run(), run()]);
  expect(codes).toEqual(codes.map(() => [0, null]));
  expect([readFileSync(file, "utf8"), readdirSync(folder)]).toEqual(["200", ["a.txt"]]);
});

test("the lock of a process that was killed is nobody's", () => {
  const folder = makeFolder({ "a.txt": "" });
  const [place = ""] = newMark().split("-");
  const killed = spawnSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).stdout.trim();
  const lock = path.join(folder, ".a.txt.luacov-ts-lock");
  mkdirSync(lock);
  writeFileSync(path.join(lock, `${place}-${killed}-1-0123456789abcdef`), "");
  expect(withLock(path.join(folder, "a.txt"), () => "done")).toBe("done");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("an error gives the lock back", () => {
  const folder = makeFolder({ "a.txt": "" });
  const file = path.join(folder, "a.txt");
  const fails = () => {
    throw new Error("no");
  };
  expect(() => withLock(file, fails)).toThrow("no");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});
