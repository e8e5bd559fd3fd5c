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
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 31) this.text(JSON.stringify(value));
    else this.#digits(value);
  }

  text(text: string): void {
    this.#makeRoom(3 * text.length);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Of an integer below 2^31, the last one first. */
  #digits(value: number): void {
    this.#makeRoom(10);
    const end = this.#length + digitsOf(value);
    let rest = value;
    for (let at = end - 1; at >= this.#length; at--) {
      const next = (rest / 10) | 0;
      this.#bytes[at] = 48 + rest - 10 * next;
      rest = next;
    }
    this.#length = end;
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
