/** Of a number below 2^31. */
const mostDigits = 10;

/** Of any, as `-1.7976931348623157e+308`. */
const mostCharacters = 24;

const comma = 0x2c;

const nothing = new Uint8Array();

/**
 * JSON as bytes of UTF-8, written into the same room again and again: a map of a million statements is 200 MB, which as strings that are
 * joined and then encoded takes three times as long.
 */
export class JsonBytes {
  #bytes: Buffer;
  #length = 0;

  constructor(room: number) {
    this.#bytes = Buffer.allocUnsafe(room);
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** The bytes; they stand until more is put behind a `clear`. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** What is the same again and again, as `asciiOf` makes it. */
  put(part: Uint8Array): void {
    this.#makeRoom(part.length);
    const bytes = this.#bytes;
    let at = this.#length;
    // Most have a dozen bytes: to call for these takes longer.
    for (let index = 0; index < part.length; index++) bytes[at++] = part[index] ?? 0;
    this.#length = at;
  }

  /** As JSON has it. */
  number(value: number): void {
    this.#makeRoom(mostDigits);
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 31)
      this.#length = this.#digits(value, this.#length);
    else this.text(JSON.stringify(value));
  }

  /** Counts from 0 on, the first so many of a list, with commas between them. */
  numbers(counts: Float64Array, size: number): void {
    this.#makeRoom((mostCharacters + 1) * size);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < size; index++) {
      const count = counts[index] ?? 0;
      if (index > 0) bytes[at++] = comma;
      at = count < 2 ** 31 ? this.#digits(count, at) : at + bytes.write(JSON.stringify(count), at);
    }
    this.#length = at;
  }

  /** Parts, and behind each the next of some numbers from 0 to 2^31, from the one at an index on. */
  numbersBehind(parts: readonly Uint8Array[], numbers: Int32Array, first: number): void {
    const bytes = this.#roomFor(parts);
    let at = this.#length;
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? nothing;
      for (let own = 0; own < part.length; own++) bytes[at++] = part[own] ?? 0;
      at = this.#digits(numbers[first + index] ?? 0, at);
    }
    this.#length = at;
  }

  text(text: string): void {
    this.#makeRoom(3 * text.length);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Those of an integer below 2^31, from a place on, where there is room. Returns where they end. */
  #digits(value: number, at: number): number {
    const bytes = this.#bytes;
    if (value < 10) {
      bytes[at] = 48 + value;
      return at + 1;
    }
    if (value < 100) {
      const tens = (value / 10) | 0;
      bytes[at] = 48 + tens;
      bytes[at + 1] = 48 + value - 10 * tens;
      return at + 2;
    }
    const end = at + digitsOf(value);
    // The last one first.
    for (let place = end - 1, rest = value; place >= at; place--) {
      const next = (rest / 10) | 0;
      bytes[place] = 48 + rest - 10 * next;
      rest = next;
    }
    return end;
  }

  #roomFor(parts: readonly Uint8Array[]): Buffer {
    let size = mostDigits * parts.length;
    for (let index = 0; index < parts.length; index++) size += parts[index]?.length ?? 0;
    this.#makeRoom(size);
    return this.#bytes;
  }

  #makeRoom(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let limit = 10; limit <= value; limit *= 10) digits++;
  return digits;
}

/** Bytes of a text that has one for each character. */
export function asciiOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "latin1"));
}
