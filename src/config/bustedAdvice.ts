/** What to do in place of settings of busted that do nothing here, by their names in `.busted`. */
export const bustedAdvice = {
  "auto-insulate": "each test file has a Lua state of its own; share what they need by --helper",
  "coverage-config-file":
    "what is measured is said by --include, --exclude and the .luacov in the project root",
  directory: "start luacov-ts in that folder",
  e: "put the statement into a file, and have that run before the specs by --helper FILE",
  lang: "what is said of tests is in English; set say's namespace in a --helper",
  list: "--list shows the tests",
  loaders: "tests are Lua; have other languages compiled first",
  lua: "the Lua is what --lua says",
} as const;

/** Null for what works here, or is unknown. */
export function adviceOn(key: string): string | null {
  const all: Readonly<Record<string, string>> = bustedAdvice;
  return all[key] ?? null;
}
