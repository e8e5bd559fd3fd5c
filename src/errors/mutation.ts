import { LuacovError } from "../errors.js";
import { visible, visibleName } from "../files/visible.js";
import { closest, counted, someOf } from "../words.js";

/** For an operand that names no source of which there could be mutants. */
export function noSuchSource(operand: string, known: readonly string[]): LuacovError {
  const near = closest(operand.replace(/:\d+(-\d+)?$/, ""), known);
  const which =
    known.length === 0
      ? "no file here is a measured source"
      : near === null
        ? `sources are ${someOf(known.map(visibleName))}`
        : `perhaps ${visibleName(near)}`;
  return new LuacovError("USAGE", `No source is called "${visible(operand)}": ${which}`);
}

/** `failed` are the tests that fail without any mutant. */
export function failedBefore(
  failed: readonly { readonly test: string; readonly message: string }[],
  sandboxed: boolean,
): LuacovError {
  const [first = { test: "", message: "" }] = failed;
  const others = failed.length > 1 ? ` and ${counted(failed.length - 1, "other test")} fail` : " fails";
  const [reason = ""] = first.message.split("\n");
  const hint =
    sandboxed && /sandbox/.test(first.message)
      ? "; --no-sandbox lets it, and its mutants, write and start what they like"
      : "";
  const text = `${visible(first.test)}${others} without any mutant, so that nothing could be told from its failure: ${visible(reason)}${hint}`;
  return new LuacovError("NO_TESTS", text);
}

export function noTestsForMutants(problem: string): LuacovError {
  return new LuacovError("NO_TESTS", `There is nothing to run mutants against: ${visible(problem)}`);
}

export function unconfined(lua: string): LuacovError {
  const text = `Nothing keeps a mutant in "${visible(lua)}", which is a program of the system's, from writing or removing files elsewhere: say --no-sandbox where that may be, or choose an embedded Lua (fengari, 5.1 to 5.5)`;
  return new LuacovError("CONFIG", text);
}
