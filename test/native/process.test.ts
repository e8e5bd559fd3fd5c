import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { startProcess } from "../../src/engine/native/jobs/nativeProcess.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";

testWith("lua5.4")("the clock of a process that has ended does not start again", async () => {
  const file = path.join(makeFolder({ output: "" }), "output");
  const descriptor = openSync(file, "a");
  const running = startProcess({
    lua: { name: "lua5.4", command: [toolPath("lua5.4")], version: "5.4" },
    args: ["-v"],
    environment: process.env,
    ownVariables: {},
    mark: "no process has this",
    output: [
      { descriptor, path: file },
      { descriptor, path: file },
    ],
    timeout: 1000,
    memory: 1024,
    signal: undefined,
    look: () => false,
    onAsked: () => {},
    hasAnswered: () => true,
  });
  expect(await running.end).toMatchObject({ code: 0, order: null });
  closeSync(descriptor);
  const timers = () => process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
  const before = timers();
  running.restartClock();
  expect(timers()).toBe(before);
});
