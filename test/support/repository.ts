import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Files, makeProject } from "./project.js";
import { toolPath } from "./tools.js";

/** A repository of git's in a folder of a test's own. */
export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string | null>>): void;
  /** Commits everything that is there. */
  commit(): void;
}

const identity = { name: "A Tester", email: "tester@example.org" };

/** A repository whose branch `main` holds the files. */
export function makeRepository(files: Files): Repository {
  const repository = repositoryIn(makeProject(files));
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.commit();
  return repository;
}

/** Nothing that the machine's or user's configuration of git says counts. */
export function repositoryIn(folder: string): Repository {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_AUTHOR_NAME: identity.name,
    GIT_AUTHOR_EMAIL: identity.email,
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: identity.email,
  };
  const git = (...args: readonly string[]) =>
    execFileSync(toolPath("git"), [...args], { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
  return {
    folder,
    git,
    write: (files) => {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(folder, name);
        mkdirSync(path.dirname(file), { recursive: true });
        if (content === null) rmSync(file);
        else writeFileSync(file, content);
      }
    },
    commit: () => {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", "commit");
    },
  };
}
