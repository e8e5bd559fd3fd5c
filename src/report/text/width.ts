import stringWidth from "string-width";

/** How many columns of a terminal a text takes: letters of East Asia take two, marks on letters none. */
export function widthOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** The end of a text, as far as it has room. */
export function endOf(text: string, width: number): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let end = "";
  for (const character of characters.reverse()) {
    if (widthOf(character + end) > width) break;
    end = character + end;
  }
  return end;
}
