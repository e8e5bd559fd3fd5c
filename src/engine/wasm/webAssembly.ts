/** What we use of JavaScript's interface to WebAssembly, which TypeScript knows of browsers alone. */

/** A compiled module, which threads may share. */
export interface Module {
  readonly [Symbol.toStringTag]: string;
}

export interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface Memory {
  /** A new one after the memory has grown. */
  readonly buffer: ArrayBufferLike;
  /** Throws where there is no room. */
  grow(pages: number): number;
}

/** Of functions, by index. */
export interface Table {
  readonly length: number;
  get(index: number): (...args: number[]) => unknown;
  set(index: number, value: unknown): void;
  grow(by: number): number;
}

interface Interface {
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (module: Module, imports: Readonly<Record<string, object>>) => Instance;
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => Memory;
  readonly Table: new (size: { element: "anyfunc"; initial: number }) => Table;
}

export const { Module, Instance, Memory, Table } = (
  globalThis as unknown as { readonly WebAssembly: Interface }
).WebAssembly;
