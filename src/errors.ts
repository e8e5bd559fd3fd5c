import path from "node:path";

export type ErrorCode =
  | "USAGE"
  | "CONFIG"
  | "NO_TESTS"
  | "NO_COVERAGE"
  | "UNKNOWN_REPORTER"
  | "BAD_TEST_REPORTER"
  | "BAD_COVERAGE_FILE"
  | "NOT_WRITABLE";

/** A mistake that a user can mend; its message is one sentence that says what was found and what to do. */
export class LuacovError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LuacovError";
    this.code = code;
  }
}

const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(", ");
const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

export function usage(message: string): LuacovError {
  return new LuacovError("USAGE", `${message}; see luacov-ts --help`);
}

export function noSuchScript(script: string, cwd: string): LuacovError {
  return new LuacovError("USAGE", `There is no Lua script "${script}" in ${cwd} to run`);
}

export function unknownKey(key: string, file: string): LuacovError {
  return new LuacovError("CONFIG", `Unknown key "${key}" in ${file}; luacov-ts --help lists the keys`);
}

export function wrongType(key: string, file: string, found: unknown, expected: string): LuacovError {
  // JSON has no Infinity, which 1e400 is, and no NaN.
  const shown = typeof found === "number" ? String(found) : JSON.stringify(found);
  return new LuacovError("CONFIG", `"${key}" in ${file} is ${shown}, but must be ${expected}`);
}

export function unreadableConfig(file: string, cause: unknown): LuacovError {
  return new LuacovError("CONFIG", `Cannot read the configuration ${file}: ${reasonOf(cause)}`, { cause });
}

export function contradictoryTag(tag: string): LuacovError {
  return new LuacovError(
    "CONFIG",
    `The tag "${tag}" is in tags and in exclude-tags; it can be in one of them`,
  );
}

export function noSuchRoot(root: string): LuacovError {
  return new LuacovError("CONFIG", `The project root ${root} (option cwd) is not a folder`);
}

export function noTestFiles(patterns: readonly string[], cwd: string): LuacovError {
  const text = `No test file matches ${quoted(patterns)} in ${cwd}; give a file, a folder, or a quoted glob such as "test/**/*.lua"`;
  return new LuacovError("NO_TESTS", text);
}

export function noCoverage(root: string): LuacovError {
  const text = `No coverage was collected: nothing that ran is a measured file under ${root}; --debug-files says why for each file, and "all" counts files that nothing loads`;
  return new LuacovError("NO_COVERAGE", text);
}

export function noCoverageIn(folder: string): LuacovError {
  const text = `No coverage found in ${folder}: it holds no coverage map (*.json); run luacov-ts with tests first, or name another folder with --temp-dir`;
  return new LuacovError("NO_COVERAGE", text);
}

export function unknownReporter(name: string, known: readonly string[]): LuacovError {
  return new LuacovError(
    "UNKNOWN_REPORTER",
    `Unknown reporter "${name}"; the reporters are ${known.join(", ")}`,
  );
}

export function unknownTestReporter(name: string, known: readonly string[]): LuacovError {
  const text = `Unknown test reporter "${name}": it is no file of the project, and the test reporters are ${known.join(", ")}`;
  return new LuacovError("UNKNOWN_REPORTER", text);
}

export function badTestReporter(name: string, reason: string, cause?: unknown): LuacovError {
  return new LuacovError("BAD_TEST_REPORTER", `The test reporter ${name} ${reason}`, { cause });
}

/** What a user's test reporter threw, while it did something ("loading" and the like). */
export function failedTestReporter(name: string, doing: string, cause: unknown): LuacovError {
  return badTestReporter(name, `failed at ${doing}: ${reasonOf(cause)}`, cause);
}

export function badCoverageFile(file: string, cause: unknown): LuacovError {
  const text = `${file} is not an Istanbul coverage map: ${reasonOf(cause)}`;
  return new LuacovError("BAD_COVERAGE_FILE", text, { cause });
}

export function notWritable(folder: string, cause: unknown): LuacovError {
  return new LuacovError("NOT_WRITABLE", `Cannot write to ${path.resolve(folder)}: ${reasonOf(cause)}`, {
    cause,
  });
}
