import { readFileSync } from "node:fs";
import { beforeEach, type TestContext } from "vitest";

/** What vitest's reporter "json" writes of an earlier run. */
interface EarlierResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

type Task = TestContext["task"];

// With ONLY_LEFT_OUT_IN, the results of an earlier run, a test runs that did not pass there.
const { ONLY_LEFT_OUT_IN: results } = process.env;
if (results !== undefined) {
  const { testResults }: EarlierResults = JSON.parse(readFileSync(results, "utf8"));
  const passedIn = new Map(testResults.map((each) => [each.name, passedOf(each)]));
  beforeEach(({ task, skip }) => {
    if (passedIn.get(task.file.filepath)?.has(fullName(task))) skip();
  });
}

/** Tests of one name are left out together. */
function passedOf({ assertionResults }: EarlierResults["testResults"][number]): Set<string> {
  const passed = new Set(assertionResults.map((each) => each.fullName));
  for (const { fullName, status } of assertionResults) if (status !== "passed") passed.delete(fullName);
  return passed;
}

function fullName(task: Task): string {
  const names: string[] = [];
  for (let each: Task | Task["suite"] = task; each !== undefined; each = each.suite) names.unshift(each.name);
  return names.filter((name) => name !== "").join(" ");
}
