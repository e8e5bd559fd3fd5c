/** `12 tests`, `1 test`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The first few of a list, and how many more there are. */
export function someOf(texts: readonly string[], shown = 3): string {
  const rest = texts.length - shown;
  return [...texts.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}
