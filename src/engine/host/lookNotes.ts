import path from "node:path";
import type { Deed, Look, Use } from "../../types.js";
import { stateBefore } from "../uses.js";

/** What came of a call. */
export interface CallOutcome {
  readonly ok: boolean;
  /** Null for what is no error of the system. */
  readonly errno: number | null;
}

/**
 * Which paths a program depends on, by what it does with them, in turn: what is at a path that it has made itself depends on nobody
 * else, nor what is below a folder that it has. `lua/agent/accesses/notes.lua` is the same for the Luas of the user's.
 */
export interface LookNotes {
  /** By what each is of. */
  readonly looks: ReadonlyMap<string, Look>;
  /** What it removed behind a look. */
  readonly removed: ReadonlySet<string>;
  readonly changed: Set<string>;
  /** Whether it is known what becomes of a path. */
  knows(file: string): boolean;
  look(file: string, use: Use): void;
  deed(file: string, deed: Deed, outcome: CallOutcome): void;
  /** What it has made by a name that nobody had. */
  own(file: string): void;
  makeFolder(file: string): void;
  rename(from: string, to: string, outcome: CallOutcome): void;
  link(from: string, to: string, outcome: CallOutcome): void;
}

export function createLookNotes(): LookNotes {
  const looks = new Map<string, Look>();
  const first = new Map<string, "looked at" | "rewritten" | "own">();
  const folders = new Set<string>();
  const [removed, changed] = [new Set<string>(), new Set<string>()];
  const isBelowOwn = (file: string): boolean => {
    const folder = path.dirname(file);
    return folders.has(folder) || (folder !== file && isBelowOwn(folder));
  };
  const isOwn = (file: string) => first.get(file) === "own" || (folders.size > 0 && isBelowOwn(file));
  const add = (look: Look) => {
    const key = `${look.use} ${look.path}`;
    if (!looks.has(key)) looks.set(key, look);
  };
  const look = (file: string, use: Use) => {
    if (isOwn(file)) return;
    add({ path: file, use });
    if (!first.has(file)) first.set(file, "looked at");
  };
  const own = (file: string, isRemoved = false) => {
    changed.add(file);
    const known = first.get(file);
    if (known === undefined) first.set(file, "own");
    else if (known === "looked at" && isRemoved) removed.add(file);
    else if (known === "looked at") first.set(file, "rewritten");
  };
  const deed = (file: string, what: Deed, { ok, errno }: CallOutcome) => {
    const before = stateBefore(what, ok, errno);
    if (!isOwn(file) && first.get(file) !== "rewritten")
      add({ path: file, use: what, ...(before === undefined ? {} : { before }) });
    if (ok) own(file, what === "removed" || what === "emptied");
    else if (before === undefined && !first.has(file)) first.set(file, "looked at");
  };
  // Which of two paths is to blame errno does not tell.
  const target = (file: string, what: Deed, outcome: CallOutcome) => {
    if (outcome.ok) deed(file, what, outcome);
    else if (!isOwn(file)) add({ path: file, use: what });
  };
  return {
    looks,
    removed,
    changed,
    knows: (file) => first.has(file),
    look,
    deed,
    own,
    makeFolder: (file) => {
      if (first.get(file) === "own") folders.add(file);
    },
    rename: (from, to, outcome) => {
      if (from === to || !outcome.ok) look(from, "asked:mode");
      else if (!isOwn(from)) look(from, "moved");
      if (from === to) return;
      if (outcome.ok) own(from);
      target(to, folders.has(from) ? "made" : "written", outcome);
      if (outcome.ok && folders.delete(from)) folders.add(to);
    },
    link: (from, to, outcome) => {
      look(from, outcome.ok ? "linked" : "asked:mode");
      target(to, "made", outcome);
    },
  };
}
