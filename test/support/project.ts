import { makeFolder } from "./folder.js";

/** Files by name: text, or what is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** A folder with the given files. Returns its real path. */
export function makeProject(files: Files): string {
  const texts = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === "string" ? content : JSON.stringify(content),
  ]);
  return makeFolder(Object.fromEntries(texts));
}
