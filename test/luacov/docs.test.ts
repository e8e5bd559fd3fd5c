import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(path.join(root, "docs/from-luacov.md"), "utf8");

/** The blocks of a language on the page, in their order: what was before, and what comes after. */
function blocks(language: string): string[] {
  return Array.from(
    page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms")),
    ([, text = ""]) => text,
  );
}

testWith("make", "lua5.4")("the Makefile of the page measures what LuaCov's did", () => {
  const [, makefile = ""] = blocks("make");
  const folder = makeFolder({
    Makefile: makefile,
    "src/m.lua": "return 1\n",
    "test/run.lua": 'require "src.m"\n',
    "bin/luacov-ts": `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, "bin/luacov-ts.js")}" "$@"\n`,
  });
  chmodSync(path.join(folder, "bin/luacov-ts"), 0o755);
  const PATH = [path.join(folder, "bin"), path.dirname(toolPath("lua5.4")), process.env.PATH].join(
    path.delimiter,
  );
  const env = { ...process.env, PATH, LUA_INIT: undefined };
  const { status, stderr } = spawnSync(toolPath("make"), ["coverage"], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(path.join(folder, "coverage/luacov.report.out"), "utf8")).toContain(
    "src/m.lua 1    0      100.00%",
  );
});

test("the .busted of the page runs, and the one before", async () => {
  for (const busted of blocks("lua")) {
    const files = {
      ".busted": busted,
      "m.lua": "return 1\n",
      "spec/a_spec.lua": 'it("runs", function() require "m" end)\n',
    };
    const { code, stderr } = await runCli(makeFolder(files), ["--reporter", "none"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  }
});

test("the page has every key of LuaCov's", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const all =
    "include exclude modules includeuntestedfiles reporter runreport statsfile reportfile deletestats tick savestepsize codefromstrings";
  const missing = all
    .split(" ")
    .filter((key) => !rows.some((row) => row.split("|")[1]?.includes(`\`${key}\``)));
  expect(missing).toEqual([]);
});
