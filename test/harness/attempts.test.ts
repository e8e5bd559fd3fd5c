import path from "node:path";
import { loadConfig, type Options, run, type TestEvent } from "luacov-ts";
import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.js";
import { inTestLua } from "../support/testLua.js";

/** Counts the runs of a file by name, so that tests can fail in some of them. */
const counted = `local function runs(name)
    local file = io.open(FOLDER .. "/" .. name .. ".runs", "a+")
    file:write("x") file:seek("set")
    local count = #file:read("*a")
    file:close()
    return count
  end
`;

/** Output, and results with their attempts, as they are told. */
async function toldOf(spec: string, options: Options): Promise<string[]> {
  const folder = makeFolder({ "m.lua": "return 1" });
  const text = `local FOLDER = ${JSON.stringify(folder)}\n${counted}${spec}`;
  const project = makeFolder({ "test/a_spec.lua": text });
  const config = await loadConfig({ cwd: project, ...inTestLua, ...options });
  const told: string[] = [];
  const onEvent = (event: TestEvent) => {
    if (event.kind === "output") told.push(Buffer.from(event.output.bytes).toString().trim());
    if (event.kind === "test") {
      const { status, names, attempts } = event.result;
      told.push(`${status} ${names.join(" ")} ${attempts}`);
    }
  };
  await run(config, { patterns: [path.join(project, "test")], onEvent });
  return told;
}

const flaky = `describe("d", function()
  it("first", function() print("in first") end)
  it("second", function() print("in second") assert(runs("second") >= 2) end)
  it("third", function() print("in third") end)
  it("fourth", function() assert(runs("fourth") >= 3) end)
end)`;

test("of a spec only what failed runs again, and each test has one result, in its place", async () => {
  expect(await toldOf(flaky, { retry: 3 })).toEqual([
    "in first",
    "success d first 1",
    "in second",
    "in second",
    "success d second 2",
    "in third",
    "success d third 1",
    "success d fourth 3",
  ]);
});

test("what still fails after the last attempt has failed, after so many", async () => {
  const told = await toldOf(flaky, { retry: 1 });
  expect(told.filter((each) => each.startsWith("failure"))).toEqual(["failure d fourth 2"]);
});

test("a file whose setup fails runs again as a whole", async () => {
  const spec = `describe("d", function()
    setup(function() assert(runs("setup") >= 2) end)
    it("first", function() end)
  end)`;
  expect(await toldOf(spec, { retry: 1 })).toEqual(["success d first 2"]);
});

test("a file whose program ends in a test runs again as a whole", async () => {
  const spec = `it("first", function() end)
    it("second", function() if runs("second") < 2 then while true do end end end)
    it("third", function() end)`;
  expect(await toldOf(spec, { retry: 1, timeout: 3 })).toEqual([
    "success first 1",
    "success second 2",
    "success third 2",
  ]);
});

test("a spec stops at the failure that --bail allows last; with --retry, what fails for good counts", async () => {
  const spec = `it("first", function() assert(runs("first") >= 2) end)
    it("second", function() assert(false) end)
    it("third", function() end)`;
  expect(await toldOf(spec, { bail: 1 })).toEqual(["failure first 1"]);
  expect(await toldOf(spec, { bail: 1, retry: 1 })).toEqual(["success first 2", "failure second 2"]);
  expect(await toldOf(spec, { bail: 2 })).toEqual(["failure first 1", "failure second 1"]);
});
