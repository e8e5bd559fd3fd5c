import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { makeRepository } from "../../support/repository.js";
import { testWith } from "../../support/tools.js";

const before = `local M = {}
function M.old(x)
  if x then
    return 1
  end
  return 2
end
M.a = 1
M.b = 2
M.c = 3
M.d = 4
M.e = 5
return M
`;

/** A condition of `old` with one way, a function that nothing calls, and a line in the midst of a table. */
const after = before.replace("if x then", "if x == nil then").replace(
  "return M",
  `function M.new()
  return 3
end
M.t = {
  -- a comment
  a = M.old(),
}
return M`,
);

const table = `Changed since main:
-------------|---------|----------|-------------------------
File         | % Lines | % Branch | Uncovered in the change 
-------------|---------|----------|-------------------------
All changes  |      80 |       50 |                         
 lib/now.lua |      80 |       50 | 3->else,14              
-------------|---------|----------|-------------------------
`;

testWith("git")(
  "of a change its lines and branches count, in the terminal and for thresholds of its own",
  async () => {
    const { folder, git, write } = makeRepository({
      "src/was.lua": before,
      "test/a.lua": 'require "src.was"',
      ".gitignore": ".nyc_output\ncoverage\n",
    });
    git("mv", "src", "lib");
    git("mv", "lib/was.lua", "lib/now.lua");
    write({ "lib/now.lua": after, "test/a.lua": 'require "lib.now"', "lib/never.lua": "return 1\n" });
    const quiet = ["--reporter", "none", "--since", "main"];
    const first = await runCli(folder, ["--reporter", "text", "--since", "main", "--test-reporter", "dot"]);
    expect(first.stdout).toContain(table);
    const unknown =
      "WARNING: The change touches lib/never.lua, of which nothing is known, as nothing has loaded it; --all counts that as uncovered\n";
    expect([first.code, first.stderr]).toEqual([0, unknown]);

    // Another machine has another checkout.
    git("add", "--all");
    git("commit", "--quiet", "--message", "change");
    const other = path.join(makeFolder({}), "other");
    git("clone", "--quiet", folder, other);
    cpSync(path.join(folder, ".nyc_output"), path.join(other, ".nyc_output"), { recursive: true });
    const since = ["report", "--since", "HEAD~1"];
    const [shown, missed, met, unset] = await Promise.all([
      runCli(other, [...since, "--reporter", "text-summary"]),
      runCli(other, [
        ...since,
        "--reporter",
        "none",
        "--check-coverage",
        "--changed-lines",
        "81",
        "--changed-branches=-0",
      ]),
      runCli(other, [
        ...since,
        "--reporter",
        "none",
        "--check-coverage",
        "--changed-lines=-1",
        "--changed-branches",
        "50",
      ]),
      runCli(other, ["check-coverage", "--changed-lines", "81"]),
    ]);
    expect(shown.stdout).toContain(table.replace("main", "HEAD~1"));
    expect(missed.stderr).toBe(
      `${unknown}ERROR: Coverage for changed lines (80%) does not meet threshold (81%)\n`,
    );
    expect([missed.code, met.code, met.stderr]).toEqual([1, 0, unknown]);
    expect([unset.code, unset.stderr]).toEqual([
      0,
      "WARNING: changed-lines is set, but not checked: --since says what the change is from\n",
    ]);

    const nowhere = await runCli(folder, [...quiet.slice(0, -1), "nowhere"]);
    expect([nowhere.code, nowhere.stdout]).toEqual([2, ""]);
    expect(nowhere.stderr).toBe(
      'ERROR: --since names "nowhere", which is no commit, branch or tag here; git fetch may bring it\n',
    );
  },
);

testWith("git")("what tests in a sandbox tell git to start is not started", async () => {
  const { folder, git } = makeRepository({
    "m.lua": "return 1\n",
    "test/a.lua": `require "m"
for name, text in pairs {
  [".git/config"] = '[filter "f"]\\n\\tclean = touch started\\n[core]\\n\\tfsmonitor = touch started; false\\n',
  [".gitattributes"] = "* filter=f\\n",
  ["m.lua"] = "-- changed\\n",
} do
  local file = assert(io.open(name, "a"))
  file:write(text)
  file:close()
end`,
  });
  const { code, stdout } = await runCli(folder, ["--sandbox", "--reporter", "text", "--since", "main"]);
  expect([code, existsSync(path.join(folder, "started"))]).toEqual([0, false]);
  expect(stdout).toContain("Changed since main: nothing that is measured");
  // It would be, by whoever asks git afterwards.
  git("diff");
  expect(existsSync(path.join(folder, "started"))).toBe(true);
});
