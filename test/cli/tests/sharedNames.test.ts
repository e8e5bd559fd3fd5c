import { expect, test } from "vitest";
import { inLua, runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

const failing = 'error "cannot open /tmp/words_48213.txt: No such file or directory"';
const advice =
  "WARNING: spec/util.lua seeds math.random by os.time(), so files of tests that begin in the same second take the same names for what they write, " +
  "which may be why spec/cli/a_spec.lua failed over /tmp/words_48213.txt: run them by --jobs 1, or have them take os.tmpname()\n";

const files = {
  "spec/util.lua": "math.randomseed(os.time())",
  "spec/cli/a_spec.lua": `it("reads", function() ${failing} end)`,
  "spec/cli/b_spec.lua": `it("reads", function() ${failing} end)`,
};

test("names of temporary files that tests may have shared are told of, once", async () => {
  const folder = makeFolder(files);
  const run = async (...args: readonly string[]) =>
    (await runCli(folder, inLua(["--reporter", "none", ...args, "spec"]))).stderr;
  expect(await run("--jobs", "2")).toBe(advice);
  expect(await run("--jobs", "1")).toBe("");
});

test("nothing is told where the seed is another, or no temporary file has failed", async () => {
  const other = { ...files, "spec/util.lua": "math.randomseed(os.time() + 5)" };
  const failed = { ...files, "spec/cli/a_spec.lua": "error 'x'", "spec/cli/b_spec.lua": "error 'y'" };
  for (const each of [other, failed]) {
    const { stderr } = await runCli(makeFolder(each), inLua(["--reporter", "none", "--jobs", "2", "spec"]));
    expect(stderr).toBe("");
  }
});
