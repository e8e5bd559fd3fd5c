import { bytesOf, textOf } from "../primitives/value.js";

/** What a sandbox refuses; the program gets its text as a Lua error. */
export class Refusal extends Error {
  /** With a path as the program gave it, which may not be UTF-8. */
  readonly text: Uint8Array;

  constructor(message: string, path?: Uint8Array) {
    const text = path === undefined ? bytesOf(message) : Buffer.concat([bytesOf(`${message}: `), path]);
    super(textOf(text));
    this.text = text;
  }
}

export function outside(path: Uint8Array): Refusal {
  return new Refusal("the sandbox allows no writing outside the project", path);
}

export function packages(path: Uint8Array): Refusal {
  return new Refusal("the sandbox allows no writing to the node_modules that luacov-ts itself is in", path);
}

export function otherNames(path: Uint8Array): Refusal {
  const file = "a file with more names (hard links) than this program gave it";
  return new Refusal(`the sandbox allows no writing to ${file}, as one may be outside the project`, path);
}

export function device(path: Uint8Array): Refusal {
  return new Refusal("the sandbox allows no writing to devices but /dev/null and the like", path);
}

/** A primitive that a sandbox does not have. */
export function refusing(what: string): () => never {
  return () => {
    throw new Refusal(`the sandbox does not allow ${what}`);
  };
}
