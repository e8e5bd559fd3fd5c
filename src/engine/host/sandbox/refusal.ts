import { textOf } from "../primitives/value.js";

/** What a sandbox refuses; the program gets it as a Lua error. */
export class Refusal extends Error {}

export function outside(path: Uint8Array): Refusal {
  return new Refusal(`the sandbox allows no writing outside the project: ${textOf(path)}`);
}

export function otherNames(path: Uint8Array): Refusal {
  const text =
    "the sandbox allows no writing to a file with more names (hard links) than this program gave it";
  return new Refusal(`${text}, as another one may be outside the project: ${textOf(path)}`);
}

export function device(path: Uint8Array): Refusal {
  return new Refusal(`the sandbox allows no writing to devices but /dev/null and the like: ${textOf(path)}`);
}

/** A primitive that a sandbox does not have. */
export function refusing(what: string): () => never {
  return () => {
    throw new Refusal(`the sandbox does not allow ${what}`);
  };
}
