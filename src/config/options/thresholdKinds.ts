import type { Valibot } from "./valibot.js";

const expected = "a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most";

/** An option that is a percentage to be reached, or below 0 the largest number of what is not covered. */
export function threshold(fallback: number, help: string) {
  return { kind: "number", placeholder: "N", fallback, help, expected, schema: thresholdSchema } as const;
}

/** An option of thresholds by glob. */
export function globThresholds(help: string) {
  return {
    kind: "thresholds",
    placeholder: "GLOB=METRIC:N,…",
    fallback: {},
    help,
    expected:
      'globs such as { "src/core/**": { "lines": 95, "branches": -3 } }, each with lines, functions, branches, statements, conditions, per-file or "100": true',
    parts: ["lines", "functions", "branches", "statements", "conditions", "per-file", "100"],
    schema: (v: Valibot) => v.record(v.pipe(v.string(), v.nonEmpty()), entrySchema(v)),
  } as const;
}

function entrySchema(v: Valibot) {
  const metric = v.optional(thresholdSchema(v));
  return v.strictObject({
    lines: metric,
    functions: metric,
    branches: metric,
    statements: metric,
    conditions: metric,
    "100": v.optional(v.boolean()),
    // load-nyc-config turns dashes into capitals in keys at the top alone.
    perFile: v.optional(v.boolean()),
    "per-file": v.optional(v.boolean()),
  });
}

function thresholdSchema(v: Valibot) {
  return v.pipe(
    v.number(),
    v.minValue(Number.MIN_SAFE_INTEGER),
    v.maxValue(100),
    v.check((value) => value >= 0 || Number.isInteger(value)),
  );
}
