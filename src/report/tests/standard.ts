import { writeSync } from "node:fs";

type Standard = Pick<NodeJS.WriteStream, "emit" | "isTTY" | "write"> & { readonly fd: number };

const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * What writes all of a chunk before it returns. Node's own streams put aside what a full pipe does not take, and
 * what the other standard stream writes then overtakes it. Nothing more is written once the system refuses to: who
 * listens to the stream's errors hears of it.
 */
export function standardWriter(stream: Standard): (chunk: string | Uint8Array) => void {
  let closed = false;
  return (chunk) => {
    if (closed) return;
    if (stream.isTTY) stream.write(chunk);
    else {
      try {
        writeAll(stream.fd, Buffer.from(chunk));
      } catch (error) {
        closed = true;
        stream.emit("error", error);
      }
    }
  };
}

function writeAll(fd: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(cell, 0, 0, 1);
    }
  }
}
