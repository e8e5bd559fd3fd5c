// What vitest's results say, from the files that it has written.
//
//   node .ci/results.mjs reasons FILE           what failed, with its reason
//   node .ci/results.mjs left-out FILE          the test files of which not all has passed, a line each
//   node .ci/results.mjs totals CODE FILE...    "123 passed, 0 failed" in all, where CODE is how the whole has ended
import { readFileSync } from "node:fs";
import path from "node:path";

const commands = { reasons, "left-out": leftOut, totals };
const [command, ...operands] = process.argv.slice(2);
commands[command](...operands);

function reasons(file) {
  for (const { name, message, assertionResults } of read(file).testResults) {
    if (message) console.log(`${name}: ${message}`);
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === "failed")
        console.log(`${name}: ${fullName}\n${failureMessages.join("\n").slice(0, 2000)}`);
    }
  }
}

function leftOut(file) {
  for (const { name, assertionResults } of read(file).testResults) {
    const isWhole =
      assertionResults.length > 0 && assertionResults.every(({ status }) => status === "passed");
    if (!isWhole) console.log(path.relative(".", name));
  }
}

function totals(code, ...files) {
  const results = files.map(read);
  const sum = (key) => results.reduce((all, each) => all + each[key], 0);
  // A test file that cannot be loaded counts no failed test, nor does another step that failed.
  const failures = sum("numFailedTests") || sum("numFailedTestSuites") || (code === "0" ? 0 : 1);
  console.log(`${sum("numPassedTests")} passed, ${failures} failed`);
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
