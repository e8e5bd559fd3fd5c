import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Module } from "../webAssembly.js";
import { initialPages, withCode, withoutData, withSharedMemory } from "./binary.js";
import { ownJumpTables } from "./jumpTables.js";
import { rightRounding } from "./rounding.js";
import { releaseOf, type WasmVersion } from "./versions.js";

/** A version of Lua that is ready to be instantiated, in any thread. */
export interface CompiledLua {
  readonly version: WasmVersion;
  readonly module: Module;
  /** What the module asks for: names of C's library by the names in the module. */
  readonly imports: Readonly<Record<string, string>>;
  /** What the module offers: names in the module by names of Lua's C API. */
  readonly exports: Readonly<Record<string, string>>;
  /** Of its memory at first. */
  readonly pages: number;
}

/** By what name the module's imports have their memory. */
export const memoryImport = { module: "a", name: "luacov-ts memory" } as const;

const known = new Map<WasmVersion, CompiledLua>();

/** A version of the package lua-wasm-bindings; compiled once in a thread. Throws where the package is not as we know it. */
export function compiledLua(version: WasmVersion): CompiledLua {
  const found = known.get(version) ?? compile(version);
  known.set(version, found);
  return found;
}

/** The same version for the memory of an instance that has ended, whatever it was in the middle of. */
export function compiledForMemory(version: WasmVersion): CompiledLua {
  return compile(version, withoutData);
}

function compile(version: WasmVersion, change = (binary: Uint8Array) => binary): CompiledLua {
  const manifest = createRequire(import.meta.url).resolve("lua-wasm-bindings/package.json");
  const file = path.join(path.dirname(manifest), "dist/glue", `glue-${releaseOf(version)}`);
  const glue = readFileSync(`${file}.js`, "utf8");
  const binary = readFileSync(`${file}.wasm`);
  const imports = importsIn(glue);
  const resizeHeap = keyOf(imports, "emscripten_resize_heap");
  const mended = withCode(binary, [rightRounding(binary), ownJumpTables(binary, resizeHeap)]);
  return {
    version,
    module: new Module(change(withSharedMemory(mended, memoryImport))),
    imports,
    exports: exportsIn(glue),
    pages: initialPages(binary),
  };
}

/** Emscripten's glue joins short names in the module with C's: `{"z":___clock_gettime,…}`. */
function importsIn(glue: string): Record<string, string> {
  const [, list = ""] = /asmLibraryArg=\{([^}]*)\}/.exec(glue) ?? [];
  return Object.fromEntries(
    [...list.matchAll(/"([^"]+)":(\w+)/g)].map(([, key, name]) => [key, withoutUnderscores(name)]),
  );
}

function keyOf(imports: Readonly<Record<string, string>>, name: string): string {
  const [key] = Object.entries(imports).find(([, each]) => each === name) ?? [];
  if (key === undefined) throw new Error(`the package asks for no ${name}`);
  return key;
}

/** `Module["_lua_gettop"]=asm["I"]`, also with a variable before it. The table of functions is told otherwise. */
function exportsIn(glue: string): Record<string, string> {
  const named = [...glue.matchAll(/Module\["(\w+)"\]=asm\["([^"]+)"\]/g)];
  const [, table = ""] = /wasmTable=Module\["asm"\]\["([^"]+)"\]/.exec(glue) ?? [];
  return {
    table,
    ...Object.fromEntries(named.map(([, name, key]) => [withoutUnderscores(name), key ?? ""])),
  };
}

function withoutUnderscores(name = ""): string {
  return name.replace(/^_+/, "");
}
