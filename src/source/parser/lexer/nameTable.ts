import { kindOf, type TokenKind, type TokenSymbol } from "../../tokens.js";
import { type Characters, codeAt } from "./characters.js";

/** A name of a text, or a word of the language. */
export interface Name {
  readonly name: string;
  readonly kind: TokenKind;
  readonly hash: number;
}

const nameKind = kindOf("<name>");

/** Another one in each process: nobody can write a text whose names all have one hash. */
const multiplier = Math.floor(Math.random() * 2 ** 31) | 1;

/** The hash of characters, with another one behind them; that of none is 0. */
export function hashed(hash: number, code: number): number {
  return (Math.imul(hash, multiplier) + code) | 0;
}

/** The names of a text. Each is one string, however often it stands there, so that whoever looks it up finds it at once. */
export class NameTable {
  /** Found by their hashes, or at the next free place; at least half of the places are free. */
  #places: (Name | null)[] = Array<Name | null>(512).fill(null);
  #size = 0;

  constructor(words: readonly TokenSymbol[]) {
    for (const word of words) {
      const hash = Array.from(word, (character) => character.charCodeAt(0)).reduce(hashed, 0);
      this.#add({ name: word, kind: kindOf(word), hash });
    }
  }

  /** What stands between two offsets of a text, whose characters have a hash. */
  find(source: Characters, start: number, end: number, hash: number): Name {
    const places = this.#places;
    const mask = places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const known = places[place] ?? null;
      if (known === null) return this.#add({ name: source.text.slice(start, end), kind: nameKind, hash });
      if (known.hash === hash && known.name.length === end - start && isAt(source, start, known.name)) {
        return known;
      }
    }
  }

  #add(name: Name): Name {
    if (++this.#size * 2 > this.#places.length) this.#grow();
    put(this.#places, name);
    return name;
  }

  #grow(): void {
    const larger = Array<Name | null>(this.#places.length * 2).fill(null);
    for (const each of this.#places) if (each !== null) put(larger, each);
    this.#places = larger;
  }
}

function put(places: (Name | null)[], name: Name): void {
  const mask = places.length - 1;
  let place = name.hash & mask;
  while (places[place] !== null) place = (place + 1) & mask;
  places[place] = name;
}

/** Whether a word stands at an offset. */
export function isAt(source: Characters, start: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    if (word.charCodeAt(index) !== codeAt(source, start + index)) return false;
  }
  return true;
}
