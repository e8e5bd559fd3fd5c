/** What is left out or put in must not join what stands beside it: `return-x` without its minus, `a+-b` as `a--b`. */

/** A replacement for a part of a text, with blanks where its ends would become part of other tokens. */
export function unglued(text: string, start: number, end: number, replacement: string): string {
  const before = text.charAt(start - 1);
  const behind = text.charAt(end);
  const left = joins(before, replacement.charAt(0) || behind) ? " " : "";
  const right = replacement !== "" && joins(replacement.charAt(replacement.length - 1), behind) ? " " : "";
  return `${left}${replacement}${right}`;
}

const word = /[\w\x80-\xff]/;
const sign = /[-=<>~/:.[\]|&+*%^#]/;

function joins(before: string, behind: string): boolean {
  if (before === "" || behind === "") return false;
  if (word.test(before)) return word.test(behind) || behind === ".";
  return sign.test(before) && (sign.test(behind) || (before === "." && word.test(behind)));
}
