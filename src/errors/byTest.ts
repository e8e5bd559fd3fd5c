import { LuacovError, reasonOf } from "../errors.js";
import { visible } from "../files/visible.js";

export function noByTest(tempDir: string): LuacovError {
  const message = `Which test covers what is not in ${visible(tempDir)}; a run with --by-test leaves it`;
  return new LuacovError("NO_COVERAGE", message);
}

export function badByTestFile(file: string, cause: unknown): LuacovError {
  const text = `${visible(file)} does not tell this version which test covers what: ${visible(reasonOf(cause))}; remove it, and run with --by-test again`;
  return new LuacovError("BAD_COVERAGE_FILE", text, { cause });
}
