/** Messages about commands that cannot be started. */

import { isAbsent, LuacovError, reasonOf } from "../errors.js";
import { visible } from "../files/visible.js";

export function cannotStart(command: string, cause: unknown): LuacovError {
  const reason = isAbsent(cause) ? "there is no such command" : (forbidden(cause) ?? reasonOf(cause));
  return new LuacovError("USAGE", `Cannot start "${visible(command)}": ${reason}`, { cause });
}

/** Of a name alone, the system also says that of a folder of PATH. */
function forbidden(cause: unknown): string | null {
  const isSo = cause instanceof Error && "code" in cause && cause.code === "EACCES";
  return isSo ? "it may not be executed, or a folder of PATH may not be read" : null;
}
