import { createRequire } from "node:module";
import type { Colors } from "picocolors/types.js";

const require = createRequire(import.meta.url);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether what is written to a stream has colours: never where `NO_COLOR` is set, as no-color.org has it, always where
 * `FORCE_COLOR` is, else on a terminal. An empty variable is as good as none.
 */
export function hasColors(
  stream: { readonly isTTY?: boolean },
  environment: Environment = process.env,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}

/** The colours of a stream; of one that has none, what leaves texts as they are. */
export function colorsOf(stream: { readonly isTTY?: boolean }): Colors {
  const { createColors }: typeof import("picocolors") = require("picocolors");
  return createColors(hasColors(stream));
}
