// What vitest's results say, from the files that it has written.
//
//   node .ci/results.mjs failed FILE         the test files in which something failed, a line each
//   node .ci/results.mjs reasons FILE        what failed, with its reason
//   node .ci/results.mjs totals CODE FILE    "123 passed, 0 failed", where CODE is how the whole has ended; FILE.again is
//                                            of those tests that ran a second time
import { existsSync, readFileSync } from "node:fs";

const commands = { failed, reasons, totals };
const [command, ...operands] = process.argv.slice(2);
commands[command](...operands);

function failed(file) {
  for (const { name, status } of read(file).testResults) if (status === "failed") console.log(name);
}

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
  const first = read(file);
  const last = existsSync(`${file}.again`) ? read(`${file}.again`) : first;
  // A test file that cannot be loaded counts no failed test, nor does another step that failed.
  const failures = last.numFailedTests || last.numFailedTestSuites || (code === "0" ? 0 : 1);
  const passed = first.numPassedTests + first.numFailedTests - last.numFailedTests;
  console.log(`${passed} passed, ${failures} failed`);
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
