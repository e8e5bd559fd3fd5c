import type { Colors, Formatter } from "picocolors/types.js";

/** Which part of the whole is hot, and which one warm. */
const [hot, warm] = [0.1, 0.03];

/** The colour of what took a share of the time, from 0 to 1. */
export function heatOf(share: number, colors: Colors): Formatter {
  if (share >= hot) return (text) => colors.bold(colors.red(text));
  return share >= warm ? colors.yellow : String;
}
