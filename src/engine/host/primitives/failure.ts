import { constants } from "node:os";

/** What a refused operation gives a Lua program, in the words of strerror. */
export interface Failure {
  readonly message: string;
  readonly errno: number;
}

/** An error of the system that is found out here rather than by Node. */
export class SystemError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The failure that an exception stands for, or null when it is a bug. */
export function failureOf(error: unknown): Failure | null {
  const code = codeOf(error);
  if (code === null) return null;
  return { message: messages[code] ?? `Unknown error ${code}`, errno: numberOf(code, error) };
}

/** `ENOENT` and the like; null for what is no error of the system. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** Looked up for each file that is not there, of which a `require` may try dozens. */
const numbers: ReadonlyMap<string, number> = new Map(Object.entries(constants.errno));

function numberOf(code: string, error: unknown): number {
  const known = numbers.get(code);
  if (known !== undefined) return known;
  const given = error instanceof Error && "errno" in error ? error.errno : undefined;
  return typeof given === "number" ? Math.abs(given) : 0;
}

/** As glibc's strerror says it; Node's own texts are those of libuv. */
export const messages: Readonly<Record<string, string>> = {
  EPERM: "Operation not permitted",
  ENOENT: "No such file or directory",
  ESRCH: "No such process",
  EINTR: "Interrupted system call",
  EIO: "Input/output error",
  ENXIO: "No such device or address",
  E2BIG: "Argument list too long",
  ENOEXEC: "Exec format error",
  EBADF: "Bad file descriptor",
  ECHILD: "No child processes",
  EAGAIN: "Resource temporarily unavailable",
  ENOMEM: "Cannot allocate memory",
  EACCES: "Permission denied",
  EFAULT: "Bad address",
  EBUSY: "Device or resource busy",
  EEXIST: "File exists",
  EXDEV: "Invalid cross-device link",
  ENODEV: "No such device",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  EINVAL: "Invalid argument",
  ENFILE: "Too many open files in system",
  EMFILE: "Too many open files",
  ENOTTY: "Inappropriate ioctl for device",
  ETXTBSY: "Text file busy",
  EFBIG: "File too large",
  ENOSPC: "No space left on device",
  ESPIPE: "Illegal seek",
  EROFS: "Read-only file system",
  EMLINK: "Too many links",
  EPIPE: "Broken pipe",
  ERANGE: "Numerical result out of range",
  EDEADLK: "Resource deadlock avoided",
  ENAMETOOLONG: "File name too long",
  ENOLCK: "No locks available",
  ENOSYS: "Function not implemented",
  ENOTEMPTY: "Directory not empty",
  ELOOP: "Too many levels of symbolic links",
  EOVERFLOW: "Value too large for defined data type",
  EILSEQ: "Invalid or incomplete multibyte or wide character",
  ENOTSOCK: "Socket operation on non-socket",
  EOPNOTSUPP: "Operation not supported",
  ENOTSUP: "Operation not supported",
  EADDRINUSE: "Address already in use",
  ECONNREFUSED: "Connection refused",
  ECONNRESET: "Connection reset by peer",
  ETIMEDOUT: "Connection timed out",
  ESTALE: "Stale file handle",
  EDQUOT: "Disk quota exceeded",
};
