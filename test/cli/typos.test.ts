import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

/** What is typed, or a configuration, and what was meant. */
const typos: readonly (readonly [args: readonly string[], meant: string])[] = [
  [["repot"], "(the command report?)"],
  [["chek-coverage"], "(the command check-coverage?)"],
  [["anotate", "src/m.lua"], "(the command annotate?)"],
  [["mrege", "maps"], "(the command merge?)"],
  [["debgu"], "(the command debug?)"],
  [["spec/stak_spec.lua"], "(spec/stack_spec.lua?)"],
  [["./spec/stak_spec.lua"], "(spec/stack_spec.lua?)"],
  [["spce/"], "(spec?)"],
  [["spce"], "(spec?)"],
  [["help", "trcae"], "perhaps on trace"],
  [["completion", "fihs"], "(fish?)"],
  [["--reporters", "text"], "perhaps --reporter"],
  [["--lau", "5.4"], "perhaps --lua"],
  [["--no-claen"], "perhaps --no-clean"],
  [["--lpat", "src/?.lua"], "perhaps --lpath"],
  [["--shufle"], "perhaps --shuffle"],
  [["--profile-report", "table"], "perhaps --profile-reporter"],
  [["trace", "--dept", "2", "a.lua"], "perhaps --depth"],
  [["a.lua", "--reporter", "lcvo"], '"lcvo" (lcov?)'],
  [["a.lua", "--test-reporter", "juint"], '"juint" (junit?)'],
  [["a.lua", "--style", "sepc"], 'perhaps "spec"'],
  [["a.lua", "--framework", "buste"], 'perhaps "busted"'],
  [["a.lua", "--collector", "probe"], 'perhaps "probes"'],
  [["a.lua", "--profile-by", "funtion"], 'perhaps "function"'],
  [["a.lua", "--nycrc-path", "typo.json"], 'perhaps "check-coverage"'],
  [["--project", "thre", "--nycrc-path", "projects.json"], 'matches "thre" (three?)'],
  [["a.lua", "--nycrc-path", "value.json"], 'perhaps "script"'],
];

test("of what is mistyped, the sentence has what was meant", async () => {
  const folder = makeFolder({
    "a.lua": "",
    "spec/stack_spec.lua": "",
    "typo.json": '{ "chek-coverage": true }',
    "projects.json": '{ "projects": [{ "name": "two" }, { "name": "three" }] }',
    "value.json": '{ "style": "scirpt" }',
  });
  const answers = await Promise.all(typos.map(([args]) => runCli(folder, args)));
  const missing = answers.filter(
    ({ code, stderr }, index) => code !== 2 || !stderr.includes(typos[index]?.[1] ?? ""),
  );
  expect(missing).toEqual([]);
});
