import { constants } from "node:os";
import { SystemError } from "../../host/primitives/failure.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import type { Imports, Machine } from "../machine/machine.js";
import type { Bypass } from "./bypass.js";
import { failureIn } from "./failureIn.js";

/** What C does where it asks to unlink a folder: it then removes it as one. Its own number for that error. */
const isFolder = 31;

/** Ends what is no error of the system: a sandbox says so in words of its own. */
export type Refuse = (error: unknown) => never;

/** Which files a program has open, and what it does to them by name, as C's library asks the system. */
export function fileImports(
  machine: () => Machine,
  files: SystemCalls,
  { handed, onFailure, refuse }: Pick<Bypass, "handed" | "onFailure"> & { readonly refuse: Refuse },
): Imports {
  const number = (error: unknown): number => {
    const failure = failureIn(error, refuse);
    onFailure(failure);
    return failure.errno;
  };
  /** Calls of the old kind give minus the number of an error. */
  const call = (action: () => number): number => {
    try {
      return action();
    } catch (error) {
      return -number(error);
    }
  };
  /** Those of WASI give 0 or the number, and their result by an address. */
  const wasi = (action: () => void): number => {
    try {
      action();
      return 0;
    } catch (error) {
      return number(error);
    }
  };
  const duplicate = (id: number, as: number) => {
    files.duplicate(id, as);
    return as;
  };
  const text = (at = 0) => machine().memory.text(at);
  return {
    sys_open: (path, flags = 0) => call(() => handed.take() ?? files.open(text(path), flags)),
    sys_unlink: (path) => {
      const result = call(() => done(files.unlink(text(path))));
      return -result === EISDIR || -result === EPERM ? -isFolder : result;
    },
    sys_rmdir: (path) => call(() => done(files.rmdir(text(path)))),
    sys_rename: (from, to) => call(() => done(files.rename(text(from), text(to)))),
    // tmpnam asks whether there is a file of a name.
    sys_lstat64: (path) => call(() => done(files.lstat(text(path)))),
    sys_fcntl64: () => 0,
    sys_ioctl: (id = 0) => call(() => (files.isTerminal(id) ? 0 : fail("ENOTTY"))),
    // `loadfile` opens what turns out to be bytecode again, with the FILE that it has.
    sys_dup3: (id = 0, as = 0) => call(() => duplicate(id, as)),
    sys_dup2: (id = 0, as = 0) => call(() => duplicate(id, as)),
    fd_close: (id = 0) => wasi(() => handed.close(id)),
    fd_read: (id = 0, vectors = 0, count = 0, result = 0) =>
      wasi(() => {
        const { memory } = machine();
        let total = 0;
        for (const { at, length } of vectorsAt(machine(), vectors, count)) {
          const bytes = total === 0 ? files.read(id, length) : emptyBytes;
          memory.write(at, bytes);
          total += bytes.length;
        }
        memory.setWord(result, total);
      }),
    fd_write: (id = 0, vectors = 0, count = 0, result = 0) =>
      wasi(() => {
        const { memory } = machine();
        const parts = vectorsAt(machine(), vectors, count).map(({ at, length }) => memory.copy(at, length));
        const bytes =
          parts.length === 1 && parts[0] !== undefined ? parts[0] : new Uint8Array(Buffer.concat(parts));
        files.write(id, bytes);
        memory.setWord(result, bytes.length);
      }),
    fd_seek: (id = 0, low = 0, high = 0, whence = 0, result = 0) =>
      wasi(() => {
        const position = files.seek(id, whences[whence] ?? "set", high * 2 ** 32 + (low >>> 0));
        machine().memory.setInteger(result, position);
      }),
  };
}

const { EISDIR, EPERM } = constants.errno;
const emptyBytes = new Uint8Array(0);
const whences = ["set", "cur", "end"] as const;

function done(_nothing: unknown): number {
  return 0;
}

function fail(code: string): never {
  throw new SystemError(code);
}

/** `iovec` of C: addresses and lengths. Those that are empty are of no interest. */
function vectorsAt(
  { memory }: Machine,
  from: number,
  count: number,
): { readonly at: number; readonly length: number }[] {
  const all = Array.from({ length: count }, (_, index) => ({
    at: memory.word(from + index * 8),
    length: memory.word(from + index * 8 + 4),
  }));
  return all.filter(({ length }) => length > 0);
}
