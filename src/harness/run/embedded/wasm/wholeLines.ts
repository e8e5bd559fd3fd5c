import type { Sink } from "../../../../engine/host/sink.js";
import type { Output } from "../../../../types.js";

const newline = 10;
/** How much of a line may wait for its end, in bytes. */
const longest = 65536;

/** Hands on what is written line by line: C writes what `print` gets in pieces. Whoever asks for more flushes. */
export function wholeLines(sink: Sink): Sink {
  let stream: Output["stream"] = "stdout";
  let parts: Uint8Array[] = [];
  let size = 0;
  const emit = () => {
    if (size === 0) return;
    sink.write(stream, parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts));
    parts = [];
    size = 0;
  };
  return {
    write: (to, bytes) => {
      if (bytes.length === 0) return;
      if (to !== stream) emit();
      stream = to;
      parts.push(bytes);
      size += bytes.length;
      if (bytes.at(-1) === newline || size >= longest) emit();
    },
    flush: () => {
      emit();
      sink.flush();
    },
  };
}
