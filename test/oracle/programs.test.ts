import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { compareCounts } from "./counts.js";
import { oracleLines, visitedLines } from "./lines.js";
import { luaFiles, needs } from "./native.js";
import { measureProgram } from "./ours.js";

const folder = path.join(import.meta.dirname, "programs");
const programs = readdirSync(folder);
const names = luaFiles("/usr/share/lua");
const compared = { files: 0, statements: 0, functions: 0, branches: 0 };

// What the programs load, a file of each of Debian's packages.
const packages = [
  "argparse",
  "basexx",
  "cliargs",
  "dkjson",
  "inifile",
  "inspect",
  "luaunit",
  "mediator",
  "moses",
];
const more = ["MessagePack", "luassert/init", "pl/List", "say/init", "uri"];
const installed = [...packages, ...more].map((name) => `/usr/share/lua/5.1/${name}.lua`);

test.for(programs)("lua5.3 and ours agree on %s", (name, context) => {
  needs(context, ...installed);
  const program = path.join(folder, name);
  const { message, hits, coverage, notices } = measureProgram(program);
  expect(message).toBe("");
  expect(notices).toEqual([]);
  expect(visitedLines(hits)).toEqual(oracleLines(program));
  for (const { differences, ...sizes } of compareCounts(program, coverage, names)) {
    expect(differences).toEqual([]);
    compared.files++;
    compared.statements += sizes.statements;
    compared.functions += sizes.functions;
    compared.branches += sizes.branches;
  }
});

afterAll(() => console.log("compared with probes:", JSON.stringify(compared)));
