import type { XmlWriter } from "istanbul-lib-report";
import { visible } from "../../files/visible.js";

export type Attributes = Readonly<Record<string, unknown>>;

/**
 * Makes a writer of Istanbul's write well-formed XML: it does not escape. `escaped` are the attributes in which a
 * reporter has already escaped what HTML asks for. `complete` gives the attributes that a tag should have.
 */
export function escapeXml(
  writer: XmlWriter,
  escaped: readonly string[],
  complete: (tag: string, attributes: Attributes) => Attributes = (_, attributes) => attributes,
): XmlWriter {
  const { openTag, inlineTag } = writer;
  const safe = (attributes: Attributes | null | undefined) => {
    const entries = Object.entries(attributes ?? {}).map(([key, value]) => {
      const text = String(value);
      return [key, attributeText(escaped.includes(key) ? unescaped(text) : text)];
    });
    return Object.fromEntries(entries);
  };
  return Object.assign(writer, {
    openTag: (name: string, attributes?: Attributes | null) =>
      openTag.call(writer, name, safe(complete(name, attributes ?? {}))),
    inlineTag: (name: string, attributes?: Attributes | null, content?: string) =>
      inlineTag.call(writer, name, safe(attributes), content === undefined ? "" : attributeText(content)),
  });
}

/** Line ends and tabs come back as they were only by their number; other control characters XML does not have. */
export function attributeText(text: string): string {
  const possible = text
    .split(/([\n\r\t])/)
    .map((part, index) => (index % 2 === 0 ? visible(part) : part))
    .join("");
  return possible
    .replace(/[\ufffe\uffff\p{Cs}]/gu, "\ufffd")
    .replace(/[&<>"\n\r\t]/g, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const characters: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters[entity] ?? entity);
}
