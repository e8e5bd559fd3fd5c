import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith, toolPath } from "../../support/tools.js";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

const files = {
  "src/sign.lua": `-- \u001b[2J
local function sign(n, m)
\tif n < 0 and m then
\t\treturn "negative"
\tend
\treturn "positive"
end
for _ = 1, 12 do sign(1) end
function Unused() if a then b() end return 1 end
`,
  "lib/sign.lua": "return 1\n",
  "gone.lua": "return 2\n",
  "test/a.lua": 'require "src.sign" require "lib.sign" require "gone"',
};

const shown = `src/sign.lua: 5 of 6 lines, 4 of 8 branches, 1 of 2 functions

  1    | --
  2  1 | local function sign(n, m)
? 3 12 | \tif n < 0 and m then
       | \t^ "n < 0 and m" was never true
       | \t^ "n < 0" was never true
       | \t^ "m" was never evaluated
! 4  0 | \t\treturn "negative"
  5    | \tend
  6 12 | \treturn "positive"
  7    | end
  8 12 | for _ = 1, 12 do sign(1) end
? 9  1 | function Unused() if a then b() end return 1 end
       | ^ Unused was never called
       | ^ "if a then b() end" never ran
       | ^ "return 1" never ran
`;

test("annotate shows sources with hits, misses and words, by path or the end of one", async () => {
  const folder = makeFolder(files);
  await runCli(folder, ["--reporter", "none"]);
  rmSync(path.join(folder, "gone.lua"));
  const [exact, both, unknown, gone, none] = await Promise.all([
    runCli(path.join(folder, "src"), ["annotate", "--cwd", "..", "sign.lua"]),
    runCli(folder, ["annotate", "sign.lua"]),
    runCli(folder, ["annotate", "src/sing.lua"]),
    runCli(folder, ["annotate", "gone.lua"]),
    runCli(folder, ["annotate"]),
  ]);
  expect([both.code, both.stdout]).toEqual([
    0,
    `lib/sign.lua: 1 of 1 lines, 0 of 0 branches, 0 of 0 functions\n\n  1 1 | return 1\n\n${shown}`,
  ]);
  expect([exact.code, exact.stdout]).toEqual([0, shown]);
  expect(unknown.stderr).toContain(
    'There is no coverage of "src/sing.lua" in <folder>/.nyc_output; perhaps src/sign.lua\n',
  );
  expect(gone.stderr).toContain("The source <folder>/gone.lua is not there any more");
  expect([unknown.code, gone.code, none.code]).toEqual([1, 1, 2]);
  expect(none.stderr).toContain("annotate takes sources, as in: luacov-ts annotate src/parser.lua");
});

const last = /"return 1" never ran\s+$/;

const pagers: readonly (readonly [pager: string, rows: number, seen: RegExp])[] = [
  ["head -n 1", 10, /^src\/sign\.lua: 5 of 6 lines, 4 of 8 branches, 1 of 2 functions\s+$/],
  ["head -n 1", 40, last],
  ["cat", 10, last],
  ["no-such-pager-here", 10, last],
];

testWith("script")("a pager shows what is longer than the terminal, where there is one", async () => {
  const folder = makeFolder(files);
  await runCli(folder, ["--reporter", "none"]);
  for (const [pager, rows, seen] of pagers) {
    const command = `stty rows ${rows} cols 80; "${process.execPath}" "${bin}" annotate src/sign.lua`;
    const args = ["--quiet", "--return", "--command", command, "/dev/null"];
    const env = { ...process.env, TERM: "xterm", NO_COLOR: "1", PAGER: pager };
    const { stdout } = spawnSync(toolPath("script"), args, { cwd: folder, env, encoding: "utf8" });
    expect(stdout, `${pager} ${rows}`).toMatch(seen);
  }
});
