import path from "node:path";
import * as v from "valibot";
import { luaGlobs } from "../discover/luaGlobs.js";
import { wrongType } from "../errors.js";
import { currentFolder } from "../files/files.js";
import type { TraceRequest } from "../types.js";
import { tracing } from "./options/tracing.js";

const schema = v.strictObject({
  events: v.optional(tracing.events.schema(v), tracing.events.fallback),
  depth: v.optional(tracing.depth.schema(v)),
  limit: v.optional(tracing.limit.schema(v)),
  file: v.optional(tracing.file.schema(v), []),
  function: v.optional(tracing.function.schema(v), []),
  output: v.optional(tracing.output.schema(v)),
});

/** What flags of `trace` ask for. Throws CONFIG for a value that is none, and for globs that mean more than Lua's patterns. */
export function resolveTrace(given: Readonly<Record<string, unknown>>, colors: boolean): TraceRequest {
  const result = v.safeParse(schema, given);
  if (!result.success) {
    const key = String(result.issues[0].path?.[0]?.key);
    const [, { expected = "" } = {}] = Object.entries(tracing).find(([name]) => name === key) ?? [];
    throw wrongType(key, "the given options", given[key], expected);
  }
  const { events, depth = null, limit = null, file, function: functions, output } = result.output;
  const root = currentFolder();
  return {
    calls: events !== "lines",
    lines: events !== "calls",
    depth,
    limit,
    ...luaGlobs(file),
    functions,
    root,
    output: output === undefined ? null : path.resolve(root, output),
    colors: colors && output === undefined,
  };
}
