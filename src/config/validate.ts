import * as v from "valibot";
import { unknownKey, wrongType } from "../errors.js";
import type { SettingPlace } from "../types.js";
import {
  dashed,
  isOptionKey,
  type OptionKey,
  optionKeys,
  optionTable,
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
  const key = firstKey(result.issues);
  const source = sourceOf(key);
  if (!isOptionKey(key)) throw unknownKey(source.key, source.file, optionKeys.map(dashed));
  throw wrongType(source.key, source.file, input[key], expectation(key), valuesOf(key));
}

function expectation(key: OptionKey): string {
  return optionTable[key].expected;
}

function firstKey(issues: readonly v.BaseIssue<unknown>[]): string {
  return String(issues[0]?.path?.[0]?.key);
}
