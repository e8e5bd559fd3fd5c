// What vitest's results say, from the files that it has written.
//
//   node .ci/results.mjs reasons FILE        what failed, with its reason
//   node .ci/results.mjs totals CODE FILE    "123 passed, 0 failed", where CODE is how the whole has ended
import { readFileSync } from "node:fs";

const commands = { reasons, totals };
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

function totals(code, file) {
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = read(file);
  // A test file that cannot be loaded counts no failed test, nor does another step that failed.
  const failures = numFailedTests || numFailedTestSuites || (code === "0" ? 0 : 1);
  console.log(`${passed} passed, ${failures} failed`);
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
