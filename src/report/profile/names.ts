import path from "node:path";
import { pathToFileURL } from "node:url";
import { encodeName, isEscaped } from "../../files/names.js";
import { visible, visibleName } from "../../files/visible.js";
import type { ProfiledFunction } from "../../types.js";

/** What a function is called in a report, on one line. */
export function nameOf({ kind, name }: Pick<ProfiledFunction, "kind" | "name">): string {
  return name === null || name === "" ? nameless[kind] : visible(name);
}

const nameless: Readonly<Record<ProfiledFunction["kind"], string>> = {
  Lua: "(anonymous)",
  main: "(main chunk)",
  C: "(in C)",
  test: "(test)",
};

/** Where a function is, from the project root on: `src/a.lua:12`; what it is where that is nowhere. */
export function placeOf({ kind, file, line }: ProfiledFunction, root: string): string {
  if (file === null) return kind === "C" ? "[C]" : kind === "Lua" || kind === "main" ? "[text]" : `[${kind}]`;
  return line > 0 && kind !== "main" ? `${fileName(file, root)}:${line}` : fileName(file, root);
}

/** A file from the project root on. */
export function fileName(file: string, root: string): string {
  return visibleName(path.relative(root, file).split(path.sep).join("/"));
}

/** A function with its place, as one text: `parse (src/a.lua:12)`. */
export function titleOf(fn: ProfiledFunction, root: string): string {
  return `${nameOf(fn)} (${placeOf(fn, root)})`;
}

/** The address of a file, whose name may be bytes that are not UTF-8; "" for none. */
export function urlOf(file: string | null): string {
  if (file === null) return "";
  if (!isEscaped(file)) return pathToFileURL(file).href;
  const bytes = Array.from(
    encodeName(file),
    (byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`,
  );
  return `file://${bytes.join("").replaceAll("%2F", "/")}`;
}
