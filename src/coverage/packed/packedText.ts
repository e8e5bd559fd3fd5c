import { branchTypes } from "../sites.js";
import type { PackedCoverage } from "./packed.js";

/**
 * Reads what `writePackedJson` wrote, from UTF-8, in a fraction of the time that `JSON.parse` takes to make objects of it. Null for
 * any other text, which may be the coverage of a file nevertheless.
 */
export function packedFromText(bytes: Uint8Array, start: number, end: number): PackedCoverage | null {
  try {
    return new Reader(bytes, start, end).file();
  } catch (error) {
    if (error instanceof OtherText) return null;
    throw error;
  }
}

/** Says that a text is not as `writePackedJson` writes. */
class OtherText extends Error {}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const literals = {
  path: bytesOf('{"path":'),
  all: bytesOf(',"all":true'),
  statementMap: bytesOf(',"statementMap":'),
  fnMap: bytesOf(',"fnMap":'),
  branchMap: bytesOf(',"branchMap":'),
  s: bytesOf(',"s":'),
  f: bytesOf(',"f":'),
  b: bytesOf(',"b":'),
  bT: bytesOf(',"bT":'),
  name: bytesOf('{"name":'),
  decl: bytesOf(',"decl":'),
  loc: bytesOf(',"loc":'),
  type: bytesOf('{"type":'),
  locations: bytesOf(',"locations":'),
  line: bytesOf(',"line":'),
  start: bytesOf('{"start":{"line":'),
  column: bytesOf(',"column":'),
  end: bytesOf('},"end":{"line":'),
  endOfRange: bytesOf("}}"),
} as const;

const typeLiterals = branchTypes.map((type) => bytesOf(JSON.stringify(type)));

const [ZERO, NINE, QUOTE, BACKSLASH] = [0x30, 0x39, 0x22, 0x5c];
const [COMMA, COLON, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x2c, 0x3a, 0x7b, 0x7d, 0x5b, 0x5d];

/** Numbers of more digits are not read digit by digit: they may not be what a double can hold. */
const mostDigits = 15;

class Reader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  readonly #places: number[] = [];
  readonly #counts: number[] = [];

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  file(): PackedCoverage {
    const [types, ways, truthy]: [number[], number[], number[]] = [[], [], []];
    const names: string[] = [];
    const locations: number[] = [];
    this.#literal(literals.path);
    const path = this.#string();
    const all = this.#isNext(literals.all);
    if (all) this.#literal(literals.all);
    this.#literal(literals.statementMap);
    const statements = this.#members(() => this.#range());
    this.#literal(literals.fnMap);
    const functions = this.#members(() => names.push(this.#function()));
    this.#literal(literals.branchMap);
    const branches = this.#members(() => locations.push(this.#branch(types)));
    this.#literal(literals.s);
    const s = this.#members(() => this.#count());
    this.#literal(literals.f);
    const f = this.#members(() => this.#count());
    this.#literal(literals.b);
    const b = this.#members(() => ways.push(this.#list(() => this.#count())));
    this.#literal(literals.bT);
    this.#members(() => truthy.push(this.#list(() => this.#count())));
    this.#byte(CLOSE);
    this.#expect(this.#at === this.#end && s === statements && f === functions && b === branches);
    this.#expect(ways.every((length, index) => length === locations[index]));
    return {
      path,
      all,
      statements,
      functions,
      ways: new Int32Array(ways),
      truthy: new Int32Array(truthy),
      names,
      types: new Uint8Array(types),
      places: new Int32Array(this.#places),
      counts: new Float64Array(this.#counts),
    };
  }

  #function(): string {
    const first = this.#places.length;
    this.#literal(literals.name);
    const name = this.#string();
    this.#literal(literals.decl);
    this.#range();
    this.#literal(literals.loc);
    this.#range();
    this.#lineOf(first);
    return name;
  }

  /** Returns how many ways on it has. */
  #branch(types: number[]): number {
    const first = this.#places.length;
    this.#literal(literals.type);
    types.push(this.#type());
    this.#literal(literals.loc);
    this.#range();
    this.#literal(literals.locations);
    const ways = this.#list(() => this.#range());
    this.#lineOf(first);
    return ways;
  }

  #type(): number {
    const type = typeLiterals.findIndex((literal) => this.#isNext(literal));
    this.#literal(typeLiterals[type] ?? literals.path);
    return type;
  }

  /** The line that the range begins on whose numbers have this place. */
  #lineOf(first: number): void {
    this.#literal(literals.line);
    this.#expect(this.#number() === this.#places[first]);
    this.#byte(CLOSE);
  }

  /** Members whose names count from 0. Returns how many. */
  #members(read: () => void): number {
    this.#byte(OPEN);
    let length = 0;
    for (; this.#bytes[this.#at] !== CLOSE; length++) {
      if (length > 0) this.#byte(COMMA);
      this.#byte(QUOTE);
      this.#expect(this.#number() === length);
      this.#byte(QUOTE);
      this.#byte(COLON);
      read();
    }
    this.#at++;
    return length;
  }

  #list(read: () => void): number {
    this.#byte(OPEN_LIST);
    let length = 0;
    for (; this.#bytes[this.#at] !== CLOSE_LIST; length++) {
      if (length > 0) this.#byte(COMMA);
      read();
    }
    this.#at++;
    return length;
  }

  #range(): void {
    this.#literal(literals.start);
    this.#place();
    this.#literal(literals.column);
    this.#place();
    this.#literal(literals.end);
    this.#place();
    this.#literal(literals.column);
    this.#place();
    this.#literal(literals.endOfRange);
  }

  #place(): void {
    const place = this.#number();
    this.#expect(place <= 0x7fffffff);
    this.#places.push(place);
  }

  #count(): void {
    this.#counts.push(this.#number());
  }

  #number(): number {
    const [bytes, start] = [this.#bytes, this.#at];
    let [at, value] = [start, 0];
    for (let digit = bytes[at] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[at] ?? 0) {
      value = value * 10 + digit - ZERO;
      at++;
    }
    this.#at = at;
    const digits = at - start;
    const isPlain = digits === 1 || bytes[start] !== ZERO;
    this.#expect(digits > 0 && digits <= mostDigits && isPlain);
    return value;
  }

  #string(): string {
    const start = this.#at;
    this.#byte(QUOTE);
    for (let byte = this.#bytes[this.#at]; byte !== QUOTE; byte = this.#bytes[this.#at]) {
      this.#expect(this.#at < this.#end);
      this.#at += byte === BACKSLASH ? 2 : 1;
    }
    this.#at++;
    const text = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, this.#at - start).toString(
      "utf8",
    );
    try {
      return JSON.parse(text);
    } catch {
      throw new OtherText();
    }
  }

  #isNext(literal: Uint8Array): boolean {
    for (let index = 0; index < literal.length; index++)
      if (this.#bytes[this.#at + index] !== literal[index]) return false;
    return true;
  }

  #literal(literal: Uint8Array): void {
    const [bytes, start, { length }] = [this.#bytes, this.#at, literal];
    for (let index = 0; index < length; index++) this.#expect(bytes[start + index] === literal[index]);
    this.#at = start + length;
  }

  #byte(byte: number): void {
    this.#expect(this.#bytes[this.#at++] === byte);
  }

  #expect(isSo: boolean): void {
    if (!isSo) throw new OtherText();
  }
}
