import path from "node:path";
import { isFile, realPath } from "./files.js";

/** The file of a module by templates, absolute and real; null for none. */
export function fileOfModule(module: string, templates: readonly string[], root: string): string | null {
  const name = module.replaceAll(".", "/");
  const files = templates.flatMap((template) =>
    template.includes("?") ? [path.resolve(root, template.replaceAll("?", name))] : [],
  );
  const found = files.find(isFile);
  return found === undefined ? null : realPath(found);
}
