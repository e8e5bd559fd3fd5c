import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

const files = {
  "package.json": "{}",
  "spec/a_spec.lua": `
    pending("later")
    describe("outer #slow", function()
      setup(function() print("setup") end)
      it("sees the helper", function() assert.equal("x,y", helped) end)
      it("pends", function() pending("not now") end)
    end)`,
  "spec/support/helper.lua": 'helped = table.concat(arg, ",")',
};

/** The last line about the tests, and what they printed. */
async function run(folder: string, args: readonly string[]): Promise<{ total: string; printed: string[] }> {
  const { stdout } = await runCli(folder, ["--reporter", "none", ...args]);
  const total = /^\d+ passed.*$/m.exec(stdout)?.[0] ?? "";
  return { total, printed: stdout.split("\n").filter((line) => line.trim() === "setup") };
}

const helper = ["--helper", "spec/support/helper.lua", "--helper-args", "x,y"];

test("a helper runs before the specs, with its arguments, wherever the command is called", async () => {
  const folder = makeFolder(files);
  expect((await run(folder, [...helper])).total).toBe("1 passed, 0 failed, 2 pending");
  expect((await run(path.join(folder, "spec"), [...helper, "a_spec.lua"])).total).toBe(
    "1 passed, 0 failed, 2 pending",
  );
  expect((await run(folder, [])).total).toBe("0 passed, 1 failed, 2 pending");
});

test("a helper that cannot be run fails each spec file with its message", async () => {
  const folder = makeFolder({ ...files, "broken.lua": 'error("no help", 0)' });
  const missing = await runCli(folder, ["--reporter", "none", "--helper", "nowhere.lua"]);
  expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining("cannot open nowhere.lua")]);
  const broken = await runCli(folder, ["--reporter", "none", "--helper", "broken.lua"]);
  expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining("no help")]);
});

test("pending specs can be left out of the results", async () => {
  const { total } = await run(makeFolder(files), [...helper, "--suppress-pending"]);
  expect(total).toBe("1 passed, 0 failed");
});

test("a setup runs although no test follows, unless it is lazy", async () => {
  const folder = makeFolder({
    "spec/a_spec.lua":
      'describe("a", function() setup(function() print("setup") end) end) it("b", function() end)',
  });
  expect((await run(folder, [])).printed).toHaveLength(1);
  expect((await run(folder, ["--lazy"])).printed).toHaveLength(0);
});

test("the options of specs are keys of the configuration, too", async () => {
  const nycrc = { helper: "spec/support/helper.lua", "helper-args": ["x", "y"], "exclude-tags": "fast" };
  const folder = makeFolder({ ...files, ".nycrc.json": JSON.stringify(nycrc) });
  expect((await run(folder, [])).total).toBe("1 passed, 0 failed, 2 pending");
  expect((await run(folder, ["--exclude-tags", "slow"])).total).toBe("0 passed, 0 failed, 1 pending");
});
