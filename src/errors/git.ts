import { LuacovError } from "../errors.js";
import { visible } from "../files/visible.js";

const withoutSince = "or leave out --since";

export function missingGit(cause: Error): LuacovError {
  const isMissing = "code" in cause && cause.code === "ENOENT";
  const reason = isMissing ? "there is no such command" : cause.message;
  const text = `--since asks git what has changed, and git cannot be started: ${reason}; install it, ${withoutSince}`;
  return new LuacovError("GIT", text, { cause });
}

/** `message` is git's. */
export function noRepository(folder: string, message: string): LuacovError {
  const asked = "--since asks git what has changed, and";
  const where = visible(folder);
  if (/dubious ownership/.test(message)) {
    const text = `${asked} git does not trust ${where}, which is another user's, as in a container: git config --global --add safe.directory "*" makes it, ${withoutSince}`;
    return new LuacovError("GIT", text);
  }
  const isNone = /not a git repository/i.test(message);
  const reason = isNone
    ? "is in no git repository"
    : `cannot be used as a git repository: ${visible(message)}`;
  return new LuacovError("GIT", `${asked} ${where} ${reason}; run it in a clone, ${withoutSince}`);
}

export function unknownRef(since: string, isShallow: boolean): LuacovError {
  const fetch = isShallow ? `; ${shallow}` : "; git fetch may bring it";
  return new LuacovError(
    "GIT",
    `--since names "${visible(since)}", which is no commit, branch or tag here${fetch}`,
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
