import type { Reporter, TestCase, TestModule } from "vitest/node";

/** A test that did not run, and what it said about it. */
interface LeftOut {
  readonly file: string;
  readonly name: string;
  readonly reason: string;
}

/** Says at the end of a run which tests were left out and why; the last lines are the sums. */
export const leftOutReporter: Reporter = {
  onTestRunEnd(modules) {
    const tests = modules.flatMap(leftOutOf);
    if (tests.length > 0) console.log(textOf(tests));
  },
};

/** Tests that a filter of the command line leaves out say nothing. */
function leftOutOf(module: TestModule): LeftOut[] {
  const tests = [...module.children.allTests("skipped")];
  return tests.flatMap((test) => {
    const reason = reasonOf(test);
    return reason === undefined ? [] : [{ file: module.relativeModuleId, name: test.fullName, reason }];
  });
}

function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === "skipped" ? result.note : undefined;
}

function textOf(tests: readonly LeftOut[]): string {
  const byReason = [...groups(tests, ({ reason }) => reason)];
  const names = byReason.map(([reason, own]) => `\nLeft out, ${reason}:\n${namesOf(own)}`);
  const sums = byReason.map(([reason, own]) => `${String(own.length).padStart(6)}  ${reason}`);
  const total = `\n${tests.length} ${tests.length === 1 ? "test" : "tests"} left out:`;
  return [...names, total, ...sums, ""].join("\n");
}

function namesOf(tests: readonly LeftOut[]): string {
  const byFile = [...groups(tests, ({ file }) => file)];
  return byFile.map(([file, own]) => [file, ...own.map(({ name }) => `  ${name}`)].join("\n")).join("\n");
}

function groups<T>(all: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const each of all) found.set(key(each), [...(found.get(key(each)) ?? []), each]);
  return found;
}
