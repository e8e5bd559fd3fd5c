import { createHash } from "node:crypto";

/** Names a text by its content: 32 hex digits, in the probed text as in the hits. */
export function digestOf(source: Uint8Array): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 32);
}
