import { spawnSync } from "node:child_process";
import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import { fengariScript, wasmScript } from "../../build/harness/run/embedded/scripts.js";
import { endEarly, startEarly, takeEarly } from "../../build/harness/run/embedded/thread/early.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const options = { maxMemory: 0, workers: 1, environment: process.env };

type Taken = NonNullable<ReturnType<typeof takeEarly>>;

afterEach(endEarly);

/** Whoever has taken a worker ends it. */
async function end({ crew }: Taken): Promise<void> {
  crew.commands.close();
  await crew.worker.terminate();
}

function take(script: URL): Taken {
  const taken = takeEarly(script, options);
  if (taken === null) throw new Error("nothing waits");
  return taken;
}

test("a worker that has started early is for one who asks", async () => {
  startEarly(wasmScript, "5.4", options);
  const taken = take(wasmScript);
  expect(taken.crew.worker).toBeInstanceOf(Worker);
  expect(takeEarly(wasmScript, options)).toBe(null);
  endEarly();
  expect(taken.crew.worker.threadId).toBeGreaterThan(0);
  await end(taken);
});

test("it is for nobody who asks for another engine, or for other limits", async () => {
  startEarly(fengariScript, null, options);
  expect(takeEarly(wasmScript, options)).toBe(null);
  expect(takeEarly(fengariScript, { maxMemory: 100 })).toBe(null);
  await end(take(fengariScript));
});

test("one of another engine takes its place", async () => {
  startEarly(fengariScript, null, options);
  startEarly(wasmScript, "5.1", options);
  expect(takeEarly(fengariScript, options)).toBe(null);
  await end(take(wasmScript));
});

test("one whose worker has ended is for nobody", async () => {
  const broken = new URL("data:text/javascript,throw 1");
  const worker = startEarly(broken, null, options);
  await new Promise((resolve) => worker.once("exit", resolve));
  expect(takeEarly(broken, options)).toBe(null);
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
