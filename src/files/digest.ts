import { createHash } from "node:crypto";

const carriageReturn = 13;

/** A digest of what a source holds, the same on systems that end lines otherwise. */
export function digestOfSource(content: Uint8Array): string {
  const text = content.includes(carriageReturn) ? withNewlines(content) : content;
  return createHash("sha256").update(text).digest("base64url");
}

function withNewlines(content: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(content).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
