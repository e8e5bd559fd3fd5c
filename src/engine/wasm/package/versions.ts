/** The versions of PUC-Rio's Lua that are embedded as WebAssembly, and how the package names their files. */
const files = {
  "5.1": "lua-5.1.5",
  "5.2": "lua-5.2.4",
  "5.3": "lua-5.3.6",
  "5.4": "lua-5.4.7",
  "5.5": "lua-5.5.0",
} as const;

export type WasmVersion = keyof typeof files;

export const wasmVersions: readonly WasmVersion[] = ["5.1", "5.2", "5.3", "5.4", "5.5"];

/** Null for what is no version that is embedded. */
export function wasmVersionOf(name: string): WasmVersion | null {
  return wasmVersions.find((version) => version === name) ?? null;
}

/** As in `lua-5.4.7`. */
export function releaseOf(version: WasmVersion): string {
  return files[version];
}
