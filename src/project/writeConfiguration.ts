import path from "node:path";
import { notWritable } from "../errors/outputs.js";
import { isTaken } from "../files/files.js";
import { writeWhole } from "../output/whole.js";
import type { ConfigurationText } from "./configurationText.js";

/** Writes a configuration where there is none. Throws NOT_WRITABLE, also where its name is taken. */
export function writeConfiguration(root: string, { name, text }: ConfigurationText): void {
  const file = path.join(root, name);
  if (isTaken(file)) throw notWritable(file, new Error("something else is there"));
  try {
    writeWhole(file, text);
  } catch (cause) {
    throw notWritable(file, cause);
  }
}
