import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { startEarly } from "../../build/harness/run/embedded/thread/crew.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const script = new URL("../../build/harness/run/embedded/wasm/worker.js", import.meta.url);
const options = { maxMemory: 0, workers: 1, environment: process.env };

test("a worker that has started early is for one who asks", async () => {
  const early = startEarly(script, "5.4", options);
  const taken = early.take();
  expect(taken?.crew.worker).toBeInstanceOf(Worker);
  expect(early.take()).toBe(null);
  // Whoever has taken it ends it.
  early.close();
  expect(taken?.crew.worker.threadId).toBeGreaterThan(0);
  taken?.crew.commands.close();
  await taken?.crew.worker.terminate();
});

test("one whose worker has ended is for nobody", async () => {
  const early = startEarly(script, "5.4", options);
  await early.worker.terminate();
  expect(early.take()).toBe(null);
});

test("a worker that nobody takes ends with the run", async () => {
  const early = startEarly(script, "5.5", options);
  const ended = once(early.worker, "exit");
  early.close();
  await ended;
  expect(early.take()).toBe(null);
});

test("a run that is interrupted before its first job ends", () => {
  const library = new URL("../../build/index.js", import.meta.url).href;
  const folder = makeFolder({
    "a.lua": "",
    "run.mjs": `
      import { loadConfig, run } from ${JSON.stringify(library)};
      const config = await loadConfig({ lua: "5.1", jobs: 2, reporter: "none" });
      const { interrupted, notRun } = await run(config, { patterns: ["a.lua"], signal: AbortSignal.abort() });
      console.log(interrupted, notRun);`,
  });
  const { stdout, status } = spawnSync(process.execPath, ["run.mjs"], { cwd: folder, encoding: "utf8" });
  expect([stdout, status]).toEqual(["true 1\n", 0]);
});

test("a program does not find what a command around this one has handed on to its own", async () => {
  const found = 'assert(os.getenv "LUACOV_TS_USER_INIT" == nil, os.getenv "LUACOV_TS_USER_INIT")';
  const folder = makeFolder({ "src.lua": "return 1", "a.lua": `require "src" ${found}` });
  const handedOn = { LUACOV_TS_USER_INIT: "print 'of another command'" };
  const { code } = await runCli(folder, ["--lua", "5.4", "a.lua", "--reporter", "none"], handedOn);
  expect(code).toBe(0);
});
