import type { CommandName } from "../../config/commands/commandNames.js";

/** A flag that no configuration file has. */
export interface OwnFlag {
  readonly flag: string;
  readonly placeholder: string;
  readonly help: string;
  readonly commands: readonly CommandName[];
}

const running = ["test-run", "profile", "debug"] as const;
const programs = [...running, "run", "exec", "cover"] as const;
const stored = ["report", "check-coverage", "annotate", "merge"] as const;
const configured: readonly CommandName[] = [...programs, "trace", "mutate", ...stored, "who", "tests"];
const all: readonly CommandName[] = [...configured, "init", "doctor"];

export const ownFlags: readonly OwnFlag[] = [
  flag("dry-run", "", "show what would be written, and write nothing", ["init"]),
  flag("alone", "", "run each test by itself, too, and say which depend on others", ["test-run"]),
  flag("list", "", "show the tests or mutants that would run, run none", ["test-run", "mutate"]),
  flag("force", "", "run mutants again that earlier runs have run", ["mutate"]),
  flag("project", "NAME", "of several projects, run this one, or those that a glob matches", [
    ...running,
    ...(["trace", "mutate", "init", "doctor"] as const),
  ]),
  flag("rerun-failed", "", "run only what failed in the last run", running),
  flag(
    "changed",
    "REF",
    "run what has changed since the last run with it touches; REF: and what differs from that commit",
    ["test-run"],
  ),
  flag("watch", "", "after a run, wait for changes; run what they touch", running),
  flag("100", "", "short for --check-coverage with every threshold at 100", [
    ...(["test-run", "run", "exec", "cover", "profile", "report", "check-coverage"] as const),
  ]),
  flag("json", "", "answer in JSON, for programs", ["who", "tests", "test-run", "mutate", "doctor"]),
  flag("nycrc-path", "FILE", "read this configuration file", configured),
  flag("debug-files", "", "say for each file whether it is measured, and why", programs),
  flag("directory", "DIR", "go to this folder first; a second one is seen from there", all),
  flag("quiet", "", "show nothing but what went wrong", [
    ...(["test-run", "run", "exec", "cover", "mutate", "report", "merge"] as const),
  ]),
  flag("color", "", "show colours, also where there is no terminal; --no-color: none anywhere", all),
  flag("help", "", "show what a command takes", all),
  flag("version", "", "show the version, that of Node, and the Luas that are there", all),
];

function flag(name: string, placeholder: string, help: string, commands: readonly CommandName[]): OwnFlag {
  return { flag: name, placeholder, help, commands };
}
