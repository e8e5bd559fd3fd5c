/** Classes of characters, by their code, as bits. */
export const letter = 1;
export const digit = 2;
export const hexDigit = 4;
export const blank = 8;
/** Bytes of characters that are not ASCII. */
export const wide = 16;

/** What stands behind the end of a text: no character's code, and of no class. */
const END_OF_TEXT = 256;

const classes = new Uint8Array(END_OF_TEXT + 1);
mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", letter);
mark("0123456789", digit);
mark("0123456789ABCDEFabcdef", hexDigit);
mark(" \t\v\f", blank);
classes.fill(wide, 0x80, END_OF_TEXT);

function mark(characters: string, bit: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    classes[code] = (classes[code] ?? 0) | bit;
  }
}

/** A text with a character for each byte, and these bytes, which are faster to look at one by one. */
export interface Characters {
  readonly text: string;
  readonly codes: Uint8Array;
}

/** The code of a character. */
export function codeAt({ codes }: Characters, at: number): number {
  return codes[at] ?? END_OF_TEXT;
}

/** Whether a character has one of the given classes. */
export function isA(code: number, bits: number): boolean {
  return ((classes[code] ?? 0) & bits) !== 0;
}

export const NEWLINE = 10;
export const RETURN = 13;
export const QUOTE = 34;
export const HASH = 35;
export const PLUS = 43;
export const MINUS = 45;
export const DOT = 46;
export const EQUALS = 61;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

export const isNewline = (code: number) => code === NEWLINE || code === RETURN;
