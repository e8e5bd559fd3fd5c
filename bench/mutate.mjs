// How many mutants run in a minute, and what one costs: the calculator of the examples, whose mutants that do not end are left out, and a
// module with a suite of specs of some size.
//
//   node bench/mutate.mjs [fengari 5.4 lua5.4 luajit]
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-mutate-"));
const luas = process.argv.length > 2 ? process.argv.slice(2) : ["fengari", "5.4"];

try {
  const calculator = path.join(folder, "calculator");
  cpSync(path.join(root, "examples/arithmetic"), calculator, { recursive: true });
  const suite = path.join(folder, "suite");
  makeSuite(suite, 10, 20);
  for (const lua of luas) {
    measure("calculator", calculator, lua, [
      "--lua-path",
      "src/?.lua",
      "src/calculator.lua",
      "src/parser.lua",
    ]);
    measure("10 modules, 200 specs", suite, lua, []);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Modules of functions, each with a spec for each. */
function makeSuite(cwd, modules, functions) {
  for (let index = 0; index < modules; index++) {
    const names = Array.from({ length: functions }, (_, number) => `f${number}`);
    const text = names.map(
      (name) => `function m.${name}(a, b) if a < b then return a + b end return a - b end`,
    );
    const specs = names.map(
      (name) =>
        `  it("${name}", function() assert.equal(3, m.${name}(1, 2)) assert.equal(0, m.${name}(2, 2)) end)`,
    );
    write(cwd, `src/m${index}.lua`, ["local m = {}", ...text, "return m"].join("\n"));
    const head = `local m = require "src.m${index}"\ndescribe("m${index}", function()`;
    write(cwd, `spec/m${index}_spec.lua`, [head, ...specs, "end)"].join("\n"));
  }
}

function write(cwd, name, text) {
  mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  writeFileSync(path.join(cwd, name), `${text}\n`);
}

function measure(title, cwd, lua, args) {
  const isEmbedded = lua === "fengari" || /^5/.test(lua);
  const flags = [
    "--lua",
    lua,
    ...(isEmbedded ? [] : ["--no-sandbox"]),
    "--force",
    "--mutation-reporter",
    "json",
  ];
  const start = performance.now();
  execFileSync(process.execPath, [path.join(root, "bin/luacov-ts.js"), "mutate", ...flags, ...args], {
    cwd,
    stdio: "ignore",
  });
  const seconds = (performance.now() - start) / 1000;
  const { files } = JSON.parse(readFileSync(path.join(cwd, "coverage/mutation/mutation.json"), "utf8"));
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const detected = mutants.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const rate = Math.round((mutants.length / seconds) * 60);
  console.log(
    `${lua}, ${title}: ${mutants.length} mutants in ${seconds.toFixed(1)} s, ${rate} a minute; ${detected} detected`,
  );
}
