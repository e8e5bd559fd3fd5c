import path from "node:path";
import { createFingerprints, wasChangedSince } from "../../affected/record/fingerprint.js";
import { inputsOf } from "../../affected/record/keep.js";
import type { RecordedInput } from "../../affected/record/record.js";
import { currentFolder } from "../../files/files.js";
import type { Outcome } from "../../types.js";

/** A path with a blank, how it is used, and what is there. */
export function digestOfInput({ path: file, use, print }: RecordedInput): string {
  return `${file} ${use} ${print}`;
}

/** What tests of one moment depend on, but for what was written since it began. */
export function settledInputs(
  outcomes: readonly Outcome[],
  began: number,
  prints = createFingerprints(),
): RecordedInput[] {
  const all = outcomes.flatMap((outcome) =>
    inputsOf(path.resolve(currentFolder(), outcome.file), [outcome], prints, began),
  );
  return all.filter((input) => !wasChangedSince(input.path, began));
}
