import { table } from "./table.js";

const column = 34;

/** The commands on one screen, of 24 lines and 80 columns with the next prompt. */
export function helpText(): string {
  const rows = table.map(({ usage, help }) => `${usage.padEnd(column)}${help}`.trimEnd());
  return [
    ...rows,
    "WHERE is LINE, FILE:LINE or the name of a function. An empty line repeats",
    "s, n, f, c, u, d and w. What is no command is Lua, and is executed here.",
  ].join("\n");
}
