import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import { textOf } from "../../host/primitives/value.js";

/** What a sandbox does not hold: functions of ours that leave counters in a folder of ours. */
export interface Trust {
  /** While `action` runs, C's library may write to files of ours. */
  during<Result>(action: () => Result): Result;
}

/** Whether the folder is ours, and the file one of those that are written there. */
const counters = /^\.?hits-[\w-]+$/;

/** System calls that know no sandbox for files with counters in the folder, as long as somebody is trusted. */
export function trusting(
  calls: SystemCalls,
  free: Pick<SystemCalls, "open" | "rename" | "unlink">,
  folder: string,
): { readonly calls: SystemCalls; readonly trust: Trust } {
  let isTrusted = false;
  const isOurs = (path: Uint8Array) => {
    const name = textOf(path);
    return isTrusted && name.startsWith(`${folder}/`) && counters.test(name.slice(folder.length + 1));
  };
  return {
    calls: {
      ...calls,
      open: (path, flags) => (isOurs(path) ? free : calls).open(path, flags),
      unlink: (path) => (isOurs(path) ? free : calls).unlink(path),
      rename: (from, to) => (isOurs(from) && isOurs(to) ? free : calls).rename(from, to),
    },
    trust: {
      during: (action) => {
        isTrusted = true;
        try {
          return action();
        } finally {
          isTrusted = false;
        }
      },
    },
  };
}
