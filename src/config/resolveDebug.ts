import path from "node:path";
import * as v from "valibot";
import { usage, wrongType } from "../errors.js";
import { currentFolder } from "../files/files.js";
import type { DebugRequest } from "../types.js";
import { debugging } from "./options/debugging.js";
import { dashed } from "./options/options.js";

const schema = v.strictObject({
  break: v.optional(debugging.break.schema(v), []),
  breakOnFailure: v.optional(debugging.breakOnFailure.schema(v), false),
  breakOnError: v.optional(debugging.breakOnError.schema(v), false),
  skip: v.optional(debugging.skip.schema(v), []),
  log: v.optional(debugging.log.schema(v)),
  listen: v.optional(debugging.listen.schema(v)),
  noWait: v.optional(debugging.noWait.schema(v), false),
});

/** What flags of `debug` ask for. Throws CONFIG for a value that is none, and USAGE for flags that say nothing together. */
export function resolveDebug(given: Readonly<Record<string, unknown>>): DebugRequest {
  const result = v.safeParse(schema, given);
  if (!result.success) {
    const key = String(result.issues[0].path?.[0]?.key);
    const [, { expected = "" } = {}] = Object.entries(debugging).find(([name]) => name === key) ?? [];
    throw wrongType(key, "the given options", given[key], expected);
  }
  checkListen(given);
  const { breakOnError, breakOnFailure, skip, log, listen, noWait } = result.output;
  const file = log === undefined ? null : path.resolve(currentFolder(), log);
  return {
    breakpoints: result.output.break,
    errors: breakOnError ? "always" : breakOnFailure ? "uncaught" : "never",
    skip,
    log: file,
    listen: listen === undefined ? null : { port: listen, waits: !noWait, log: file },
  };
}

/** In an editor, the editor says where programs stop. */
function checkListen({ listen, noWait, log: _, ...others }: Readonly<Record<string, unknown>>): void {
  if (listen === undefined && noWait === true)
    throw usage("--no-wait goes with --listen, as in: --listen 0 --no-wait");
  const [other] = Object.keys(others);
  if (listen !== undefined && other !== undefined)
    throw usage(`--${dashed(other)} is for the terminal: with --listen, the editor says it`);
}
