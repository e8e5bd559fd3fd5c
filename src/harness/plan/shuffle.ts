import { createHash } from "node:crypto";
import path from "node:path";

/** The files in an order that looks random and depends on the seed and their places under the root alone. */
export function shuffled(files: readonly string[], root: string, seed: number): string[] {
  const keyed = files.map((file) => ({
    file,
    key: digest(`${seed} ${portable(path.relative(root, file))}`),
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ file }) => file);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function portable(file: string): string {
  return file.replaceAll(path.sep, "/");
}
