import { accessSync, constants, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { currentFolder } from "../../../files/files.js";
import { SystemError } from "./failure.js";
import { bytesOf, textOf } from "./value.js";

const SEPARATOR = bytesOf("/");

/**
 * The current directory of one program. A worker thread has none of its own and cannot change that of the
 * process, so every path of a program goes through here.
 */
export class WorkingDirectory {
  #moved: Uint8Array | null = null;

  /** Absolute, in bytes. */
  get current(): Uint8Array {
    return this.#moved ?? bytesOf(currentFolder());
  }

  change(to: Uint8Array): void {
    const target = this.resolve(to);
    if (!statSync(target).isDirectory()) throw new SystemError("ENOTDIR");
    accessSync(target, constants.X_OK);
    this.#moved = realpathSync.native(target, { encoding: "buffer" });
  }

  /** The path for Node. As for C functions it ends at a zero byte. */
  resolve(bytes: Uint8Array): Buffer {
    const given = untilZero(bytes);
    if (this.#moved === null || given.length === 0 || isAbsolute(given)) return Buffer.from(given);
    return Buffer.concat([this.#moved, SEPARATOR, given]);
  }

  /** The same, from the start of the file system in any case. */
  absolute(bytes: Uint8Array): Buffer {
    const given = untilZero(bytes);
    if (process.platform === "win32") return Buffer.from(this.resolveText(textOf(given)));
    return isAbsolute(given) ? Buffer.from(given) : Buffer.concat([this.current, SEPARATOR, given]);
  }

  /** The same for paths in JavaScript text. */
  resolveText(file: string): string {
    return path.resolve(textOf(this.current), file);
  }
}

/** What a C function sees of a Lua string. */
export function untilZero(bytes: Uint8Array): Uint8Array {
  const zero = bytes.indexOf(0);
  return zero === -1 ? bytes : bytes.subarray(0, zero);
}

function isAbsolute(bytes: Uint8Array): boolean {
  return path.isAbsolute(Buffer.from(bytes).toString("latin1"));
}
