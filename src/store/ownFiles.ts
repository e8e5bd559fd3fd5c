/** What runs keep in a temp-dir beside their coverage maps, where nyc takes no notice of it. */

import path from "node:path";
import { notWritable } from "../errors/outputs.js";
import { type Fence, makeFolder, makeOwnFolder } from "../output/place.js";
import type { Config } from "../types.js";
import { ownFolder } from "./origin.js";

/** How a file of ours is written: nowhere else than below the fence, and so that it outlives the machine. */
export interface Kept {
  readonly fence: Fence;
  readonly durable: true;
}

/** Makes the folder, and has something written in it. Throws NOT_WRITABLE. */
export function keepInOwnFolder(
  { tempDir, cwd, sandbox }: Pick<Config, "tempDir" | "cwd" | "sandbox">,
  write: (folder: string, options: Kept) => void,
): void {
  const folder = path.join(tempDir, ownFolder);
  const fence = sandbox ? cwd : null;
  try {
    makeFolder(tempDir, fence);
    makeOwnFolder(folder, fence);
    write(folder, { fence, durable: true });
  } catch (cause) {
    throw notWritable(tempDir, cause);
  }
}
