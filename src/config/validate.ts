import * as v from "valibot";
import { unknownKey, unknownPart, wrongType } from "../errors.js";
import type { SettingPlace } from "../types.js";
import {
  dashed,
  isOptionKey,
  type OptionKey,
  optionKeys,
  optionTable,
  partsOf,
  type ValidOptions,
  valuesOf,
} from "./options/options.js";

const entries = Object.fromEntries(optionKeys.map((key) => [key, v.optional(optionTable[key].schema(v))]));
const schema = v.strictObject(entries);

/**
 * Checks keys and types. `sourceOf` says where a key comes from, for the message.
 * Throws CONFIG at the first mistake.
 */
export function validate(
  input: Readonly<Record<string, unknown>>,
  sourceOf: (key: string) => SettingPlace,
): ValidOptions {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output as ValidOptions;
  const [key = "", ...inner] = firstPath(result.issues);
  const source = sourceOf(key);
  if (!isOptionKey(key)) throw unknownKey(source.key, source.file, optionKeys.map(dashed));
  const part = inner.at(-1);
  if (isUnknown(result.issues) && part !== undefined)
    throw unknownPart(part, [source.key, ...inner.slice(0, -1)], source.file, partsOf(key));
  throw wrongType(source.key, source.file, input[key], expectation(key), valuesOf(key));
}

function expectation(key: OptionKey): string {
  return optionTable[key].expected;
}

/** The keys that lead to the first mistake. */
function firstPath([issue]: readonly v.BaseIssue<unknown>[]): string[] {
  return (issue?.path ?? []).map(({ key }) => String(key));
}

/** Whether it is a key that nobody knows. */
function isUnknown([issue]: readonly v.BaseIssue<unknown>[]): boolean {
  return issue?.type === "strict_object" && issue.expected === "never";
}
