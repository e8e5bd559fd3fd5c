import { decodeName, encodeName } from "../../../files/names.js";

/**
 * What passes between the host libraries in Lua and the primitives under them: plain data in bytes. A list
 * becomes a sequence, a record a table, null is nil.
 */
export type Value =
  | null
  | boolean
  | number
  | Uint8Array
  | readonly Value[]
  | { readonly [field: string]: Value };

/**
 * One operation of the host: synchronous, without knowledge of any engine. What the system refuses it throws
 * as Node does, as an error with a `code`. Its arguments come from our own Lua only.
 */
export type Primitive = (...args: never[]) => Value;

export type Primitives = Readonly<Record<string, Primitive>>;

/** Text of ours as bytes. */
export function bytesOf(text: string): Uint8Array {
  return encodeName(text);
}

/** Bytes as text, for the few interfaces of Node that take nothing else. */
export function textOf(bytes: Uint8Array): string {
  return decodeName(bytes);
}
