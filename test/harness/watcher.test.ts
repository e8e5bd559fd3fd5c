import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { watchFolders } from "../../src/harness/run/watching/watcher.js";
import { makeFolder } from "../support/folder.js";

const numbers = Array.from({ length: 60 }, (_, index) => index);

/** Starts a script of the shell's, whose commands take as long as each of them takes to start. */
function sh(folder: string, script: string) {
  return once(spawn("sh", ["-c", script, "sh", ...numbers.map(String)], { cwd: folder }), "exit");
}

test("of all that comes into new folders it is told, however soon, and later on", async () => {
  const folder = makeFolder({});
  const watcher = await watchFolders([folder], [path.join(folder, "output")]);
  onTestFinished(() => watcher.close());
  const { signal } = new AbortController();
  const names = (name: string) => numbers.map((number) => path.join(folder, `d${number}/x/y`, name));
  const told = new Set<string>();
  const tellsOf = async (files: readonly string[]) => {
    while (!files.every((file) => told.has(file)))
      for (const file of (await watcher.next(signal))?.files ?? []) told.add(file);
  };
  await sh(
    folder,
    "mkdir output; : > output/ignored; for i; do mkdir d$i; mkdir d$i/x; mkdir d$i/x/y; : > d$i/x/y/a; done",
  );
  await tellsOf(names("a"));
  await sh(folder, "for i; do : > d$i/x/y/b; done");
  await tellsOf(names("b"));
  expect([...told].toSorted()).toEqual([...names("a"), ...names("b")].toSorted());
});
