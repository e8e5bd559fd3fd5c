import { isRepeatable, type TraceKey, traceKeys, traceTable } from "../config/options/options.js";
import { usage } from "../errors.js";
import type { FlagConfig, FlagValue } from "./flags.js";

/** What `trace` is asked to show, by the keys of its table. */
export type TraceFlags = Readonly<Partial<Record<TraceKey, unknown>>>;

export const traceFlags: FlagConfig = Object.fromEntries(
  traceKeys.map((key) => {
    const multiple = isRepeatable(traceTable[key].kind);
    return [key, { type: "string", multiple, ...(key === "output" ? { short: "o" } : {}) }];
  }),
);

/** Null for other commands, which have none of them: throws USAGE there. */
export function traceFlagsIn(
  [command]: readonly string[],
  values: Readonly<Record<string, FlagValue>>,
  toNumber: (value: FlagValue) => unknown,
): TraceFlags | null {
  const given = traceKeys.filter((key) => values[key] !== undefined);
  if (command === "trace")
    return Object.fromEntries(
      given.map((key) => [key, traceTable[key].kind === "number" ? toNumber(values[key]) : values[key]]),
    );
  const [key] = given;
  if (key === undefined) return null;
  throw usage(`--${key} is an option of trace, as in: luacov-ts trace --${key} … script.lua`);
}
