/** What a way on from a branch is called: `then`, `else`, `body` and `end` of a loop, `#2` for the second operand. */
export function wayName(type: string, index: number): string {
  return names[type]?.[index] ?? `#${index + 1}`;
}

const names: Readonly<Record<string, readonly string[]>> = { if: ["then", "else"], loop: ["body", "end"] };
