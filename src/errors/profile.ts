import { isAbsent, LuacovError, reasonOf } from "../errors.js";
import { visible } from "../files/visible.js";

export function noProfile(tempDir: string): LuacovError {
  const message = `There is no profile in ${visible(tempDir)}; a run with --profile leaves one, as does luacov-ts profile`;
  return new LuacovError("NO_COVERAGE", message);
}

export function noMemoryToProfile(): LuacovError {
  return new LuacovError(
    "CONFIG",
    "fengari has no memory of its own to profile, JavaScript has it; use --lua 5.4, or another Lua, with --profile-mode memory",
  );
}

export function unsortable(order: string): LuacovError {
  const text = `profile-sort is ${order}, which nobody knows of lines (profile-by): sort them by self or name`;
  return new LuacovError("CONFIG", text);
}

export function badProfileFile(file: string, cause: unknown): LuacovError {
  const text = `${visible(file)} is not a profile that this version can read: ${visible(reasonOf(cause))}; remove it, and measure again`;
  return new LuacovError("BAD_PROFILE_FILE", text, { cause });
}

/** What `dot` said, or why it cannot be started. */
export function noDrawing(cause: unknown): LuacovError {
  const reason = isAbsent(cause) ? "there is no such command" : reasonOf(cause);
  const text = `The profile reporter svg draws with dot, of Graphviz: ${visible(reason)}; install it, or take the reporter dot or flamegraph`;
  return new LuacovError("UNKNOWN_REPORTER", text, { cause });
}
