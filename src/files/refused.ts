/** What the system does not let us read, though it is there. */

import { accessSync, constants } from "node:fs";
import { pathOf } from "./names.js";

/** Why a file cannot be read, in words; null where it can. */
export function refusedFile(name: string): string | null {
  return refusal(name, constants.R_OK);
}

/** Why it cannot be seen what is in a folder, in words; null where it can. */
export function refusedFolder(name: string): string | null {
  return refusal(name, constants.R_OK | constants.X_OK);
}

function refusal(name: string, mode: number): string | null {
  try {
    accessSync(pathOf(name), mode);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return "code" in error && (error.code === "EACCES" || error.code === "EPERM")
      ? "permission denied"
      : error.message;
  }
}
