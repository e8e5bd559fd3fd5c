import path from "node:path";
import type { Config, Notice } from "../../types.js";

/** That the project root is not the folder in which the command was called, though nobody has said so. */
export function rootNotices({ cwd, rootFrom }: Config): Notice[] {
  if (rootFrom === null) return [];
  const reason = `because of ${path.relative(process.cwd(), rootFrom)}`;
  const message = `The project root is ${cwd}, ${reason}; --cwd . makes it this folder`;
  return [{ level: "information", file: cwd, message }];
}
