import { spawnSync } from "node:child_process";
import { gitFailed, missingGit, noCommonAncestor, noRepository, unknownRef } from "../errors/git.js";
import { decodeName, pathOf } from "../files/names.js";

/** Where a change begins: a commit, and the folder of the repository. */
export interface Base {
  readonly top: string;
  readonly commit: string;
}

/**
 * The commit at which what is checked out in a folder parted from another commit, branch or tag. Throws GIT without git,
 * outside of a repository, for what names no commit, and where the clone is too shallow to know. `option` is who asks.
 */
export function findBase(folder: string, since: string, option = "--since"): Base {
  const top = git(folder, ["rev-parse", "--show-toplevel"], option);
  if (top.code !== 0) throw noRepository(folder, top.message, option);
  const given = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${since}^{commit}`]);
  if (given.code !== 0) throw unknownRef(since, isShallow(folder), option);
  const base = git(folder, ["merge-base", lineOf(given.output), "HEAD"]);
  if (base.code !== 0) throw noCommonAncestor(since, isShallow(folder), base.message);
  return { top: decodeName(withoutEnd(top.output)), commit: lineOf(base.output) };
}

/** The branches and tags of the repository that a folder is in, with those of others; none where there is none. */
export function refNames(folder: string): string[] {
  const { code, output } = git(folder, ["for-each-ref", "--format=%(refname:lstrip=2)", ...refFolders]);
  const names = code === 0 ? output.toString("utf8").split("\n") : [];
  return names.filter((name) => name !== "");
}

/** What differs from a commit in the files as they are now, committed or not, without context. */
export function diffFrom({ top, commit }: Base): Uint8Array {
  return succeeded(top, ["diff", ...diffOptions, commit, "--"]);
}

/** Files that nobody has added to the repository yet, and that it does not ignore; from its top on. */
export function untrackedFiles({ top }: Base): string[] {
  return namesIn(succeeded(top, ["ls-files", "--others", "--exclude-standard", "-z"]));
}

/** Files of the repository, from its top on, that differ from a commit, or that only one of both has. */
export function changedNames({ top, commit }: Base): string[] {
  const options = [
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=all",
  ];
  return namesIn(succeeded(top, ["diff", "--name-only", "-z", ...options, commit, "--"]));
}

/** What a file held at a commit; null where it was not there. */
export function textAt({ top, commit }: Base, name: string): Uint8Array | null {
  const { code, output } = git(top, ["cat-file", "blob", `${commit}:${name}`]);
  return code === 0 ? output : null;
}

function namesIn(output: Buffer): string[] {
  const names = output.toString("latin1").split("\0");
  return names.filter((name) => name !== "").map((name) => decodeName(Buffer.from(name, "latin1")));
}

const refFolders = ["refs/heads", "refs/remotes", "refs/tags"];

/** Whatever a user has configured for reading. */
const diffOptions = [
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--text",
  "--unified=0",
  "--inter-hunk-context=0",
  "--no-relative",
  "--find-renames",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--ignore-submodules=all",
];

interface Finished {
  readonly code: number | null;
  readonly output: Buffer;
  readonly message: string;
}

/** Nothing here writes to the repository, asks anybody, or starts what the repository names. */
function git(folder: string, args: readonly string[], option = "--since"): Finished {
  const { GIT_EXTERNAL_DIFF: _diff, GIT_DIFF_OPTS: _options, ...environment } = process.env;
  const settings = ["-c", "core.quotePath=true", "-c", "core.fsmonitor=false"];
  const { status, stdout, stderr, error } = spawnSync("git", [...settings, ...args], {
    cwd: String(pathOf(folder)),
    env: { ...environment, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (error !== undefined) throw missingGit(error, option);
  return { code: status, output: stdout, message: lineOf(stderr) };
}

function succeeded(folder: string, args: readonly string[]): Buffer {
  const { code, output, message } = git(folder, args);
  if (code !== 0) throw gitFailed(args[0] ?? "", message);
  return output;
}

function isShallow(folder: string): boolean {
  return lineOf(git(folder, ["rev-parse", "--is-shallow-repository"]).output) === "true";
}

function lineOf(output: Buffer): string {
  return output.toString("utf8").split("\n")[0] ?? "";
}

function withoutEnd(output: Buffer): Buffer {
  return output.at(-1) === 0x0a ? output.subarray(0, -1) : output;
}
