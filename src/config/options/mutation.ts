import { mutatorNames } from "../../mutation/mutatorNames.js";
import type { MutationReporterName } from "../../types.js";
import { choices, number, type Range } from "./kinds.js";
import type { Valibot } from "./valibot.js";

const reporters: readonly MutationReporterName[] = ["text", "html", "json"];

const percent: Range = [0, 100];

/** Which mutants there are, and what becomes of what they have come to. */
export const mutation = {
  mutators: {
    ...choices([], mutatorNames, "NAME", "the kinds of mutants that mutate makes; default: all"),
    schema: mutatorsSchema,
  },
  mutationScore: number(
    percent,
    0,
    "N",
    "fail when fewer percent of the mutants are detected; Stryker's thresholds.break",
  ),
  mutationReporter: choices(reporters, reporters, "NAME", "how the mutants' fates are written"),
} as const;

/** `--mutators A,B`, and lists. */
function mutatorsSchema(v: Valibot) {
  const split = (given: string | string[]) => [given].flat().flatMap((each) => each.split(","));
  return v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform(split),
    v.array(v.picklist(mutatorNames)),
  );
}
