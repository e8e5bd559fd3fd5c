/** Values as Lua text, which every Lua reads alike, whatever the bytes are. */

import { encodeName } from "../files/names.js";

/** Text stands for the bytes of a name; what is undefined is nil. */
export type LiteralValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

/** What stands in a Lua text as it is. */
const isPlain = /^[\w ./?;:,-]*$/;

/** A list becomes a sequence, an object a table. */
export function literal(value: LiteralValue): string {
  if (value === null || value === undefined) return "nil";
  if (typeof value === "string") return isPlain.test(value) ? `"${value}"` : quoted(encodeName(value));
  if (typeof value !== "object") return String(value);
  if (value instanceof Uint8Array) return quoted(value);
  const fields = isList(value)
    ? value.map(literal)
    : Object.entries(value).map(([key, each]) => `[${literal(key)}]=${literal(each)}`);
  return `{${fields.join(",")}}`;
}

function isList(value: object): value is readonly LiteralValue[] {
  return Array.isArray(value);
}

function quoted(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  const escaped = (each: string) => `\\${String(each.charCodeAt(0)).padStart(3, "0")}`;
  return `"${text.replace(/[^\w ./?;:,-]/g, escaped)}"`;
}
