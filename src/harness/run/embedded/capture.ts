import type { Sink } from "../../../engine/host/sink.js";
import type { Output } from "../../../types.js";

/** How many messages in how many milliseconds may go at once; what a program writes beyond that is batched. */
const promptMessages = 32;
const period = 50;
const batchSize = 65536;

/** A part of what is to be sent, all on one stream. */
interface Run {
  readonly stream: Output["stream"];
  readonly parts: Uint8Array[];
}

/** A sink that hands on what it gets in the order of writing: promptly while it is little, else in batches. */
export function createCapture(send: (outputs: readonly Output[]) => void): Sink {
  let runs: Run[] = [];
  let size = 0;
  let periodStart = 0;
  let messages = 0;
  const flush = () => {
    if (size === 0) return;
    const outputs = runs.map(joined);
    runs = [];
    size = 0;
    messages++;
    send(outputs);
  };
  const isDue = () => {
    if (size >= batchSize) return true;
    const now = performance.now();
    if (now - periodStart > period) {
      periodStart = now;
      messages = 0;
    }
    return messages < promptMessages;
  };
  return {
    write: (stream, bytes) => {
      if (bytes.length === 0) return;
      const last = runs.at(-1);
      if (last?.stream === stream) last.parts.push(bytes);
      else runs.push({ stream, parts: [bytes] });
      size += bytes.length;
      if (isDue()) flush();
    },
    flush,
  };
}

/** A copy in memory of its own: what is sent to another thread takes the memory behind it along. */
function joined({ stream, parts }: Run): Output {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return { stream, bytes };
}
