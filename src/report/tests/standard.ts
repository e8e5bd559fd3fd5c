import { writeSync } from "node:fs";

type Standard = Pick<NodeJS.WriteStream, "isTTY" | "write"> & { readonly fd: number };

const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * What writes all of a chunk before it returns. Node's own streams put aside what a full pipe does not take, and
 * what the other standard stream writes then overtakes it. Nothing more is written once nobody reads.
 */
export function standardWriter(stream: Standard): (chunk: string | Uint8Array) => void {
  let closed = false;
  return (chunk) => {
    if (closed) return;
    if (stream.isTTY) stream.write(chunk);
    else closed = !writeAll(stream.fd, Buffer.from(chunk));
  };
}

/** False when nobody reads any more. */
function writeAll(fd: number, bytes: Uint8Array): boolean {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") return false;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(cell, 0, 0, 1);
    }
  }
  return true;
}
