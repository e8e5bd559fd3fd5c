import { LuacovError } from "../errors.js";
import { visible } from "../files/visible.js";

export function missingGit(cause: Error, option = "--since"): LuacovError {
  const isMissing = "code" in cause && cause.code === "ENOENT";
  const reason = isMissing ? "there is no such command" : cause.message;
  const text = `${option} asks git what has changed, and git cannot be started: ${reason}; install it, or leave out ${option}`;
  return new LuacovError("GIT", text, { cause });
}

/** `message` is git's. */
export function noRepository(folder: string, message: string, option = "--since"): LuacovError {
  const asked = `${option} asks git what has changed, and`;
  const where = visible(folder);
  if (/dubious ownership/.test(message)) {
    const text = `${asked} git does not trust ${where}, which is another user's, as in a container: git config --global --add safe.directory "*" makes it, or leave out ${option}`;
    return new LuacovError("GIT", text);
  }
  const isNone = /not a git repository/i.test(message);
  const reason = isNone
    ? "is in no git repository"
    : `cannot be used as a git repository: ${visible(message)}`;
  return new LuacovError("GIT", `${asked} ${where} ${reason}; run it in a clone, or leave out ${option}`);
}

export function unknownRef(since: string, isShallow: boolean, option = "--since"): LuacovError {
  const fetch = isShallow ? `; ${shallow}` : "; git fetch may bring it";
  return new LuacovError(
    "GIT",
    `${option} names "${visible(since)}", which is no commit, branch or tag here${fetch}`,
  );
}

export function noCommonAncestor(since: string, isShallow: boolean, message: string): LuacovError {
  const reason = isShallow ? shallow : visible(message) || "their histories have nothing in common";
  const text = `git does not know where "${visible(since)}" and what is checked out parted: ${reason}`;
  return new LuacovError("GIT", text);
}

const shallow =
  "this is a shallow clone: git fetch --unshallow brings the rest (in GitHub's actions/checkout: fetch-depth: 0)";

export function gitFailed(command: string, message: string): LuacovError {
  return new LuacovError("GIT", `git ${command}, which --since asks, failed: ${visible(message)}`);
}
