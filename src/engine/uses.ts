import { constants } from "node:os";
import type { Deed, State, Use } from "../types.js";

/** What a deed that succeeded has found. */
const successes: Readonly<Record<Deed, State>> = {
  written: "free",
  made: "free",
  removed: "removable",
  emptied: "removable",
};

const { ENOENT, EEXIST } = constants.errno;

/** What a deed has found at a path; undefined where that cannot be told by how the system refused it. */
export function stateBefore(deed: Deed, ok: boolean, errno: number | null): State | undefined {
  if (ok) return successes[deed];
  const makes = deed === "written" || deed === "made";
  if (errno === ENOENT) return makes ? "no folder" : null;
  return errno === EEXIST && deed === "made" ? "taken" : undefined;
}

/** Whether a word is that of a deed. */
export function isDeed(word: string): word is Deed {
  return Object.hasOwn(successes, word);
}

export function isUse(word: string): word is Use {
  return isDeed(word) || /^(opened|moved|linked|led|asked:\w+|link:\w+)$/.test(word);
}
