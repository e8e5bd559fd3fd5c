import { cpSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { root } from "../../command.js";
import { runCli } from "../../support/cli.js";
import { debianPaths } from "../../support/debianLua.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

/** Versions that are embedded, with the machine's own of the same one. */
const pairs = [
  ["5.1", "lua5.1"],
  ["5.2", "lua5.2"],
  ["5.3", "lua5.3"],
  ["5.4", "lua5.4"],
] as const;

const projects = ["examples/arithmetic", "examples/events", "examples/shipping"];

for (const [embedded, native] of pairs) {
  testWith(native)(`the map of ${embedded} is that of ${native}, count by count`, async () => {
    const folder = makeFolder({});
    for (const project of projects)
      cpSync(path.join(root, project), path.join(folder, project), { recursive: true });
    const mapOf = async (lua: string) => {
      const temporary = path.join(folder, `maps-${lua}`);
      const args = ["--lua", lua, "--reporter", "none", "--all", "--temp-dir", temporary, "examples"];
      const { code, stdout } = await runCli(folder, args, debianPaths(native));
      return { code, passed: /\d+ passed/.exec(stdout)?.[0], map: readCoverage(temporary) };
    };
    const theirs = await mapOf(native);
    expect(Object.keys(theirs.map).length).toBeGreaterThan(0);
    expect(await mapOf(embedded)).toEqual(theirs);
  });
}
