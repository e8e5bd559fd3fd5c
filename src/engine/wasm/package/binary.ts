/** WebAssembly's binary format, as far as sections go: https://webassembly.github.io/spec/core/binary/modules.html */

const sections = { import: 2, table: 4, memory: 5, code: 10, data: 11, dataCount: 12 } as const;
const kinds = { function: 0, memory: 2 } as const;
/** A table of function references without a greatest size; a memory with one that threads share. */
const [noGreatest, sharedWithGreatest, functionReference] = [0x00, 0x03, 0x70];
/** Of a memory, in pages of 64 KB: 2 GB is as much as the package's own code can address. */
export const greatestPages = 2 ** 15;

/**
 * A module that takes its memory from outside, as one that several threads can see, in place of one of its own; and whose
 * table of functions has room for more. Throws for a module that is otherwise made.
 */
export function withSharedMemory(
  module: Uint8Array,
  memory: { readonly module: string; readonly name: string },
): Uint8Array {
  const places = sectionsOf(module);
  for (const [name, id] of Object.entries(sections)) {
    if (id !== sections.dataCount && !places.some((each) => each.id === id))
      throw new Error(`a module without a section of its ${name}`);
  }
  const pages = initialPages(module);
  const edits = places.flatMap(({ id, start, first, end }) => {
    if (id === sections.memory) return { start, end, bytes: new Uint8Array() };
    const body = module.subarray(first, end);
    if (id === sections.import)
      return { start, end, bytes: section(id, withMemoryImport(body, memory, pages)) };
    return id === sections.table ? { start, end, bytes: section(id, growingTable(body)) } : [];
  });
  return replaced(module, edits);
}

/** The same module for a memory that has been filled already. */
export function withoutData(module: Uint8Array): Uint8Array {
  const data = sectionsOf(module).filter(({ id }) => id === sections.data || id === sections.dataCount);
  return replaced(
    module,
    data.map(({ start, end }) => ({ start, end, bytes: new Uint8Array() })),
  );
}

/** Other bytes in the place of those between two places. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** Where some bytes are in a module. */
export function placesOf(module: Uint8Array, bytes: readonly number[]): readonly number[] {
  const [all, wanted] = [Buffer.from(module.buffer, module.byteOffset, module.length), Buffer.from(bytes)];
  const places: number[] = [];
  for (let at = all.indexOf(wanted); at !== -1; at = all.indexOf(wanted, at + 1)) places.push(at);
  return places;
}

/** The same module with other code in some of its functions, each by an edit that is within it. */
export function withCode(module: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const code = sectionsOf(module).filter(({ id }) => id === sections.code);
  const functions = code.flatMap((each) => functionsWith(module, each, edits));
  const inFunctions = [...edits, ...functions.flatMap((each) => resized(each, edits))];
  return replaced(module, [...inFunctions, ...code.flatMap((each) => resized(each, inFunctions))]);
}

/** How many bytes there are between `first` and `end`, a number says that begins at `counted`. */
interface Sized {
  readonly counted: number;
  readonly first: number;
  readonly end: number;
}

/** Those of a section of code that edits are in, of hundreds. */
function functionsWith(module: Uint8Array, code: Sized, edits: readonly Edit[]): readonly Sized[] {
  const reader = createReader(module.subarray(0, code.end), code.first);
  const found: Sized[] = [];
  for (let left = reader.number(); left > 0; left--) {
    const each = sized(reader);
    if (edits.some(({ start }) => start >= each.first && start < each.end)) found.push(each);
  }
  return found;
}

/** What the number has to say after edits, as one more; nothing where there are none. */
function resized({ counted, first, end }: Sized, edits: readonly Edit[]): readonly Edit[] {
  const within = edits.filter((each) => each.start >= first && each.end <= end);
  const size = within.reduce((sum, each) => sum + each.bytes.length - (each.end - each.start), end - first);
  return within.length === 0 ? [] : [{ start: counted, end: first, bytes: Uint8Array.from(number(size)) }];
}

function replaced(module: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let last = 0;
  const parts = [...edits]
    .sort((one, other) => one.start - other.start)
    .flatMap(({ start, end, bytes }) => {
      const before = module.subarray(last, start);
      last = end;
      return [before, bytes];
    });
  return Buffer.concat([...parts, module.subarray(last)]);
}

/** The number of a function that a module imports. Throws where it imports none of that name. */
export function importedFunction(module: Uint8Array, name: string): number {
  const reader = readerOf(module, sections.import, `a module that imports no ${name}`);
  const count = reader.number();
  for (let index = 0; index < count; index++) {
    reader.bytes(reader.number());
    const own = Buffer.from(reader.bytes(reader.number())).toString();
    if (reader.byte() !== kinds.function) throw new Error("a module that imports more than functions");
    reader.number();
    if (own === name) return index;
  }
  throw new Error(`a module that imports no ${name}`);
}

/** How large the module wants its memory to be at first, in pages. */
export function initialPages(module: Uint8Array): number {
  const reader = readerOf(module, sections.memory, "a module without a memory of its own");
  reader.number();
  reader.byte();
  return reader.number();
}

function readerOf(module: Uint8Array, id: number, problem: string): Reader {
  const found = sectionsOf(module).find((each) => each.id === id);
  if (found === undefined) throw new Error(problem);
  return createReader(module.subarray(0, found.end), found.first);
}

/** A part of a module, from where its kind stands. */
interface Section extends Sized {
  readonly id: number;
  readonly start: number;
}

/** All sections in their order. */
function sectionsOf(module: Uint8Array): readonly Section[] {
  const reader = createReader(module, 8);
  const all: Section[] = [];
  while (!reader.isAtEnd()) {
    const start = reader.position();
    all.push({ start, id: reader.byte(), ...sized(reader) });
  }
  return all;
}

function sized(reader: Reader): Sized {
  const counted = reader.position();
  const size = reader.number();
  const first = reader.position();
  reader.bytes(size);
  return { counted, first, end: first + size };
}

/** A section as it stands in a module. */
function section(id: number, body: Uint8Array): Uint8Array {
  return Uint8Array.from([id, ...number(body.length), ...body]);
}

function withMemoryImport(
  body: Uint8Array,
  { module, name }: { readonly module: string; readonly name: string },
  pages: number,
): Uint8Array {
  const reader = createReader(body);
  const count = reader.number();
  const limits = [sharedWithGreatest, ...number(pages), ...number(greatestPages)];
  const added = [...text(module), ...text(name), kinds.memory, ...limits];
  return Uint8Array.from([...number(count + 1), ...reader.rest(), ...added]);
}

function growingTable(body: Uint8Array): Uint8Array {
  const reader = createReader(body);
  if (reader.number() !== 1 || reader.byte() !== functionReference)
    throw new Error("a module with other tables");
  reader.byte();
  return Uint8Array.from([1, functionReference, noGreatest, ...number(reader.number())]);
}

function text(value: string): number[] {
  const bytes = Buffer.from(value);
  return [...number(bytes.length), ...bytes];
}

/** Unsigned, in groups of seven bits. */
export function number(value: number): number[] {
  const rest = value >>> 7;
  return rest === 0 ? [value] : [(value & 0x7f) | 0x80, ...number(rest)];
}

function endsTooEarly(): Error {
  return new Error("a module that ends too early");
}

type Reader = ReturnType<typeof createReader>;

/** Reads numbers and bytes one after the other. */
function createReader(bytes: Uint8Array, first = 0) {
  let position = first;
  const byte = (): number => {
    const value = bytes[position++];
    if (value === undefined) throw endsTooEarly();
    return value;
  };
  const readNumber = (): number => {
    const value = byte();
    return value < 0x80 ? value : (value & 0x7f) + readNumber() * 0x80;
  };
  return {
    byte,
    number: readNumber,
    bytes: (length: number): Uint8Array => {
      position += length;
      if (position > bytes.length) throw endsTooEarly();
      return bytes.subarray(position - length, position);
    },
    rest: (): Uint8Array => bytes.subarray(position),
    position: (): number => position,
    isAtEnd: (): boolean => position >= bytes.length,
  };
}
