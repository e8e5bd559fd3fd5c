import { realpathSync } from "node:fs";
import { openDescriptor } from "../primitives/descriptor.js";
import { untilZero, type WorkingDirectory } from "../primitives/directory.js";
import { SystemError } from "../primitives/failure.js";
import type { Primitives } from "../primitives/value.js";
import { entryPrimitives } from "./entries.js";
import { bestHold, type Hold } from "./hold.js";
import { isWriting, openAtEnd, retried, touchAtEnd } from "./open.js";
import { OwnLinks } from "./ownLinks.js";
import { refusing } from "./refusal.js";
import { type Walk, walking } from "./walk.js";

/** What a program may do that writes nothing outside a folder and starts no other program. */
export interface Sandbox {
  /** Opens a file by its path as the program gives it. */
  open(path: Uint8Array, flags: number): number;
  /** In place of the primitives of the same names. */
  readonly primitives: Primitives;
  close(): void;
}

/**
 * A sandbox that leaves what is in `root` to a program. What decides is where its paths lead when the kernel goes
 * through them: each action is one on a name in a folder that is held, and known to be in the root.
 */
export function createSandbox(root: string, directory: WorkingDirectory, hold: Hold = bestHold()): Sandbox {
  const held = hold(realpathSync(root, { encoding: "buffer" }));
  const links = new OwnLinks();
  const walk = <Result>(path: Uint8Array, action: (walk: Walk) => Result): Result => {
    if (untilZero(path).length === 0) throw new SystemError("ENOENT");
    return walking(hold, held, directory.absolute(path), action);
  };
  const open = (path: Uint8Array, flags: number) =>
    isWriting(flags)
      ? retried(() => walk(path, (each) => openAtEnd(each, flags, links, path)))
      : openDescriptor(directory.resolve(path), flags);
  const utimes = (path: Uint8Array, access: number, modification: number) =>
    walk(path, (each) => touchAtEnd(each, [access, modification], links, path));
  return {
    open,
    primitives: { ...entryPrimitives(walk, links), utimes, ...refusals },
    close: () => held.release(),
  };
}

const refusals = {
  temporaryName: refusing("os.tmpname, whose file is outside the project"),
  run: refusing("to start programs (os.execute)"),
  openPipe: refusing("to start programs (io.popen)"),
};
