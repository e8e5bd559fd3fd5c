import { LuacovError } from "../errors.js";
import { refNames } from "./git.js";

/** The branches and tags of the repository that the current folder is in; none where there is none, or no git. For who completes a name. */
export function knownRefs(): string[] {
  try {
    return refNames(process.cwd());
  } catch (error) {
    if (error instanceof LuacovError) return [];
    throw error;
  }
}
