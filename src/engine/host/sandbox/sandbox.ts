import { untilZero, type WorkingDirectory } from "../primitives/directory.js";
import { SystemError } from "../primitives/failure.js";
import type { filePrimitives } from "../primitives/files.js";
import { entryPrimitives } from "./entries.js";
import { createGrounds } from "./grounds.js";
import { bestHold, type Hold } from "./hold.js";
import { type Open, openAtEnd, retried, type Target, touchAtEnd } from "./open.js";
import { OwnLinks } from "./ownLinks.js";
import { refusing } from "./refusal.js";
import { type Walk, walking } from "./walk.js";

/** What a program may do that writes nothing outside a folder and starts no other program. */
export interface Sandbox {
  /** Opens a file for writing by its path as the program gives it. */
  openForWriting(path: Uint8Array, flags: number): number;
  /** In place of the primitives of the same names. */
  readonly primitives: SandboxPrimitives;
  close(): void;
}

export interface SandboxOptions {
  /** The folder that is left to the program. */
  readonly root: string;
  readonly directory: WorkingDirectory;
  readonly open: Open;
  readonly hold?: Hold;
}

/**
 * What decides is where a path leads when the kernel goes through it: each action is one on a name in a folder that
 * is held, and known to be in the root.
 */
export function createSandbox({ root, directory, open, hold = bestHold() }: SandboxOptions): Sandbox {
  const grounds = createGrounds(root, hold);
  const links = new OwnLinks();
  const walk = <Result>(path: Uint8Array, action: (walk: Walk) => Result): Result => {
    if (untilZero(path).length === 0) throw new SystemError("ENOENT");
    return walking(hold, grounds, directory.absolute(path), action);
  };
  const atEnd = <Result>(given: Uint8Array, action: (target: Target) => Result): Result =>
    walk(given, (each) => action({ walk: each, links, given }));
  const utimes = (path: Uint8Array, access: number, modification: number) =>
    atEnd(path, (target) => touchAtEnd(target, grounds, [access, modification]));
  return {
    openForWriting: (path, flags) => retried(() => atEnd(path, (target) => openAtEnd(target, flags, open))),
    primitives: { ...entryPrimitives(walk, grounds, links), utimes, ...refusals },
    close: () => grounds.close(),
  };
}

type SandboxPrimitives = ReturnType<typeof entryPrimitives> &
  typeof refusals &
  Pick<ReturnType<typeof filePrimitives>, "utimes">;

const refusals = {
  temporaryName: refusing("os.tmpname, whose file is outside the project"),
  run: refusing("to start programs (os.execute)"),
  openPipe: refusing("to start programs (io.popen)"),
};
