import { isUtf8 } from "node:buffer";

/**
 * Names are bytes; JavaScript has text. A name that is UTF-8 is that text. In any other one each byte that is part of
 * no character becomes a lone surrogate, U+DC80 to U+DCFF, as Python's `surrogateescape` has it, so that a name
 * survives every way through strings, JSON and threads, and is again those bytes where a file is opened.
 */
const firstEscape = 0xdc00;
const escapes = /([\udc80-\udcff])/u;

/** The text for a name in bytes, or for any other bytes of a program's. */
export function decodeName(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString("utf8") : decodeParts(buffer);
}

/** The bytes that a text stands for; those of its UTF-8, unless it has escaped ones. */
export function encodeName(name: string): Buffer {
  if (!escapes.test(name)) return Buffer.from(name, "utf8");
  const parts = name.split(escapes);
  // Every second part is a separator: an escaped byte.
  return Buffer.concat(
    parts.map((part, index) =>
      index % 2 === 0 ? Buffer.from(part, "utf8") : Buffer.of(part.charCodeAt(0) - firstEscape),
    ),
  );
}

/** Whether a name holds bytes that are not UTF-8. */
export function isEscaped(name: string): boolean {
  return escapes.test(name);
}

/** What Node's functions for files take for a name: text, which is also right on Windows, or else bytes. */
export function pathOf(name: string): string | Buffer {
  return isEscaped(name) && process.platform !== "win32" ? encodeName(name) : name;
}

function decodeParts(bytes: Buffer): string {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < bytes.length; ) {
    const length = characterLength(bytes, index);
    if (length > 0) {
      index += length;
      continue;
    }
    parts.push(bytes.toString("utf8", start, index), String.fromCharCode(firstEscape + (bytes[index] ?? 0)));
    index++;
    start = index;
  }
  return [...parts, bytes.toString("utf8", start)].join("");
}

/** How many bytes the character at an index takes; 0 where there is none. */
function characterLength(bytes: Buffer, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return isUtf8(bytes.subarray(index, index + length)) && index + length <= bytes.length ? length : 0;
}
