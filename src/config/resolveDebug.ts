import path from "node:path";
import * as v from "valibot";
import { wrongType } from "../errors.js";
import { currentFolder } from "../files/files.js";
import type { DebugRequest } from "../types.js";
import { debugging } from "./options/debugging.js";

const schema = v.strictObject({
  break: v.optional(debugging.break.schema(v), []),
  breakOnFailure: v.optional(debugging.breakOnFailure.schema(v), false),
  breakOnError: v.optional(debugging.breakOnError.schema(v), false),
  skip: v.optional(debugging.skip.schema(v), []),
  log: v.optional(debugging.log.schema(v)),
});

/** What flags of `debug` ask for. Throws CONFIG for a value that is none. */
export function resolveDebug(given: Readonly<Record<string, unknown>>): DebugRequest {
  const result = v.safeParse(schema, given);
  if (!result.success) {
    const key = String(result.issues[0].path?.[0]?.key);
    const [, { expected = "" } = {}] = Object.entries(debugging).find(([name]) => name === key) ?? [];
    throw wrongType(key, "the given options", given[key], expected);
  }
  const { breakOnError, breakOnFailure, skip, log } = result.output;
  return {
    breakpoints: result.output.break,
    errors: breakOnError ? "always" : breakOnFailure ? "uncaught" : "never",
    skip,
    log: log === undefined ? null : path.resolve(currentFolder(), log),
  };
}
