import path from "node:path";
import { type Fence, makeFolder, makeOwnFolder } from "../output/place.js";
import { writeWhole } from "../output/whole.js";

/** Puts a file into a folder of reports: whole or not at all, and through no link that a test has put there. */
export function placeFile(folder: string, name: string, content: Uint8Array, fence: Fence): void {
  makeFolder(folder, fence);
  const steps = path.dirname(name).split(path.sep);
  for (const [index, step] of steps.entries()) {
    if (step !== ".") makeOwnFolder(path.join(folder, ...steps.slice(0, index + 1)), fence);
  }
  writeWhole(path.join(folder, name), content, { fence, replacesPipes: true });
}
