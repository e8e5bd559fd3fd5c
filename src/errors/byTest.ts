import { LuacovError, reasonOf } from "../errors.js";
import { visible, visibleName } from "../files/visible.js";
import { closest, someOf } from "../words.js";

export function noByTest(tempDir: string): LuacovError {
  const message = `Which test covers what is not in ${visible(tempDir)}; a run with --by-test leaves it`;
  return new LuacovError("NO_COVERAGE", message);
}

export function badByTestFile(file: string, cause: unknown): LuacovError {
  const text = `${visible(file)} does not tell this version which test covers what: ${visible(reasonOf(cause))}; remove it, and run with --by-test again`;
  return new LuacovError("BAD_COVERAGE_FILE", text, { cause });
}

/** For a source, or a function, that nobody knows. */
export function notAsked(name: string, known: readonly string[]): LuacovError {
  const near = closest(name, known);
  const which =
    near === null ? `sources are ${someOf(known.map(visibleName))}` : `perhaps ${visibleName(near)}`;
  const text = `No source or function that tests have run is called "${visible(name)}"; ${which}`;
  return new LuacovError("NO_COVERAGE", text);
}

export function notThere(what: string, source: string): LuacovError {
  return new LuacovError("NO_COVERAGE", `${source} has no ${visible(what)} that counts`);
}

export function notByTest(beside: string, reason: string): LuacovError {
  return new LuacovError(
    "CONFIG",
    `by-test does not work with ${beside}: ${reason}; leave out one of the two`,
  );
}
