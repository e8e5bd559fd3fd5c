/** A text as HTML has it, in elements and in quoted attributes; what has no shape, or turns text around, becomes a picture. */
export function html(text: string): string {
  return awkward.test(text) ? text.replace(everyAwkward, replacement) : text;
}

/** A text as HTML has it in elements, and nowhere else: quotes stay what they are. */
export function htmlText(text: string): string {
  return isPlain(text) ? text : html(text);
}

/** Whether a text, and so each of its parts, is its own HTML in elements. */
export function isPlain(text: string): boolean {
  return !inElements.test(text);
}

const inElements = /[&<>\u2028-\u202e\u2066-\u2069\p{Cs}]|[^\P{Cc}\t]/u;

/** Markup, control characters other than tabs, what changes the direction of text, and halves of characters. */
const awkward = /[&<>"'\u2028-\u202e\u2066-\u2069\p{Cs}]|[^\P{Cc}\t]/u;
const everyAwkward = new RegExp(awkward, "gu");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const firstPicture = 0x2400;

/** As long as what it stands for, so that columns stay what they are. */
function replacement(character: string): string {
  const entity = entities[character];
  if (entity !== undefined) return entity;
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(firstPicture + code) : "\ufffd";
}
