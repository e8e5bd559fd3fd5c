import { closeSync, constants, openSync, unlinkSync } from "node:fs";
import type { Pause } from "../pause.js";
import { Stream } from "../streams/stream.js";
import type { Streams } from "../streams/streams.js";
import { openNamed } from "../temporary.js";
import { textOf, type Value } from "../value.js";
import { openPipe } from "./pipe.js";
import { type Shell, statusValue } from "./shell.js";

/** io.popen: commands at the other end of a stream, by the number of the stream. */
export function pipePrimitives(streams: Streams, shell: Shell) {
  return {
    openPipe: (command: Uint8Array, mode: Uint8Array) =>
      openPipeStream(streams, shell, command, textOf(mode) === "w" ? "w" : "r"),
    /** Closes the stream, waits for the command and says how it ended. */
    closePipe: (id: number): Value => {
      const status = streams.closePipe(id);
      return status === null ? null : statusValue(status);
    },
  };
}

/** Gives the number of a stream from a command ("r") or to one ("w"). */
export function openPipeStream(
  streams: Streams,
  shell: Shell,
  command: Uint8Array,
  direction: "r" | "w",
): number {
  streams.flushAll();
  const pipe = openPipe(command, direction, shell) ?? openSpool(command, direction, shell);
  return streams.addPipe(pipeStream(pipe.fd, direction, streams.pause), pipe.wait);
}

function pipeStream(fd: number, direction: "r" | "w", pause: Pause): Stream {
  return new Stream(fd, {
    readable: direction === "r",
    writable: direction === "w",
    append: false,
    seeking: "none",
    buffering: "full",
    position: 0,
    pause,
  });
}

/** Without pipes a file stands in: the command runs before the first byte is read, or after the last is written. */
function openSpool(command: Uint8Array, direction: "r" | "w", shell: Shell) {
  const { output, error } = shell.standard;
  const { name, fd: write } = openNamed(constants.O_WRONLY);
  const read = openSync(name, constants.O_RDONLY);
  if (process.platform !== "win32") unlinkSync(name);
  if (direction === "r") {
    const status = shell.run(command, [0, write, error]);
    closeSync(write);
    return { fd: read, wait: () => status };
  }
  const wait = () => {
    const status = shell.run(command, [read, output, error]);
    closeSync(read);
    return status;
  };
  return { fd: write, wait };
}
