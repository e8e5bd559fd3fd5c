/** A word as a program gets it, by how it is typed in a shell: `sign\ of`, `'sign of'`, or `"sign of`, of which the end is missing yet. */
export function withoutQuoting(word: string): string {
  return word.replace(
    /\\(.?)|'([^']*)'?|"((?:\\.|[^"\\])*)\\?"?/gs,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? double?.replace(/\\([$`"\\])/g, "$1") ?? "",
  );
}
