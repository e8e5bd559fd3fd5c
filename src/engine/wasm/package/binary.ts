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
  const parts: Uint8Array[] = [module.subarray(0, 8)];
  const found = new Set<number>();
  for (const { id, body } of sectionsOf(module)) {
    found.add(id);
    if (id === sections.memory) continue;
    if (id === sections.import) parts.push(section(id, withMemoryImport(body, memory, initialPages(module))));
    else if (id === sections.table) parts.push(section(id, growingTable(body)));
    else parts.push(section(id, body));
  }
  for (const [name, id] of Object.entries(sections)) {
    if (id !== sections.dataCount && !found.has(id))
      throw new Error(`a module without a section of its ${name}`);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** The same module for a memory that has been filled already. */
export function withoutData(module: Uint8Array): Uint8Array {
  const kept = sectionsOf(module).filter(({ id }) => id !== sections.data && id !== sections.dataCount);
  return new Uint8Array(
    Buffer.concat([module.subarray(0, 8), ...kept.map(({ id, body }) => section(id, body))]),
  );
}

/** The same module with other code for some of its functions; `change` gives null for all others. */
export function withFunctions(
  module: Uint8Array,
  change: (code: Uint8Array) => Uint8Array | null,
): Uint8Array {
  const parts = sectionsOf(module).map(({ id, body }) => {
    if (id !== sections.code) return section(id, body);
    return section(id, withChanged(body, change));
  });
  return new Uint8Array(Buffer.concat([module.subarray(0, 8), ...parts]));
}

/** What is not changed is copied at a stretch: there are hundreds of functions. */
function withChanged(body: Uint8Array, change: (code: Uint8Array) => Uint8Array | null): Uint8Array {
  const reader = createReader(body);
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (let left = reader.number(); left > 0; left--) {
    const start = body.length - reader.rest().length;
    const code = reader.bytes(reader.number());
    const changed = change(code);
    if (changed === null) continue;
    parts.push(body.subarray(copied, start), Uint8Array.from(number(changed.length)), changed);
    copied = body.length - reader.rest().length;
  }
  return new Uint8Array(Buffer.concat([...parts, body.subarray(copied)]));
}

/** The number of a function that a module imports. Throws where it imports none of that name. */
export function importedFunction(module: Uint8Array, name: string): number {
  const body = sectionsOf(module).find(({ id }) => id === sections.import)?.body ?? new Uint8Array(1);
  const reader = createReader(body);
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
  const memory = sectionsOf(module).find(({ id }) => id === sections.memory);
  if (memory === undefined) throw new Error("a module without a memory of its own");
  const reader = createReader(memory.body);
  reader.number();
  reader.byte();
  return reader.number();
}

/** A part of a module. */
export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

/** All sections in their order. */
export function sectionsOf(module: Uint8Array): readonly Section[] {
  const reader = createReader(module.subarray(8));
  const all: Section[] = [];
  while (!reader.isAtEnd()) {
    const id = reader.byte();
    all.push({ id, body: reader.bytes(reader.number()) });
  }
  return all;
}

/** A section as it stands in a module. */
export function section(id: number, body: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([Uint8Array.from([id, ...number(body.length)]), body]));
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

/** Reads numbers and bytes one after the other. */
export function createReader(bytes: Uint8Array) {
  let position = 0;
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
    isAtEnd: (): boolean => position >= bytes.length,
  };
}
