import { LuacovError, perhaps, reasonOf } from "../errors.js";
import { visible } from "../files/visible.js";

/** `others` are the test reporters. */
export function unknownReporter(
  name: string,
  known: readonly string[],
  others: readonly string[],
): LuacovError {
  const isOther = others.includes(name);
  const text = isOther
    ? `${name} shows test results: --test-reporter ${name}`
    : `Unknown reporter "${visible(name)}"${perhaps(name, known)}, which is no module of the project either`;
  return new LuacovError("UNKNOWN_REPORTER", `${text}; the reporters are ${known.join(", ")}`);
}

/** What a module has that is to be a reporter, or what it threw. */
export function badReporter(name: string, cause: unknown): LuacovError {
  const text = `The reporter ${visible(name)} cannot be used: ${reasonOf(cause)}`;
  return new LuacovError("UNKNOWN_REPORTER", text, { cause });
}

/** `others` are the reporters of coverage. */
export function unknownTestReporter(
  name: string,
  known: readonly string[],
  others: readonly string[],
): LuacovError {
  const reason = others.includes(name)
    ? `it shows coverage (--reporter ${name})`
    : "it is no file of the project";
  const text = `Unknown test reporter "${visible(name)}"${perhaps(name, known)}: ${reason}, and the test reporters are ${known.join(", ")}`;
  return new LuacovError("UNKNOWN_REPORTER", text);
}

export function badTestReporter(name: string, reason: string, cause?: unknown): LuacovError {
  return new LuacovError("BAD_TEST_REPORTER", `The test reporter ${visible(name)} ${reason}`, { cause });
}

/** What a user's test reporter threw, while it did something ("loading" and the like). */
export function failedTestReporter(name: string, doing: string, cause: unknown): LuacovError {
  return badTestReporter(name, `failed at ${doing}: ${reasonOf(cause)}`, cause);
}
