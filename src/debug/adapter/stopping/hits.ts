/** From which time on a breakpoint stops: `5` or `>= 5`, also `> 4`. Null for each time; a sentence for anything else. */
export function hitsIn(condition: string | undefined): number | string | null {
  if (condition === undefined || condition.trim() === "") return null;
  const [, sign, digits] = /^\s*(>=?)?\s*(\d+)\s*$/.exec(condition) ?? [];
  if (digits === undefined)
    return `"${condition}" is no count of hits: write 5, or >= 5, to stop from the fifth time on`;
  return sign === ">" ? Number(digits) + 1 : Number(digits);
}
