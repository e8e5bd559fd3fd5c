/** What serves an editor that has started the command: what is said comes and goes through the channel to that. */

import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { serveHere } from "./adapter.js";

const input = new PassThrough();
process.on("message", (bytes: Uint8Array) => input.write(bytes));
process.on("disconnect", () => input.end());

const output = new Writable({
  write: (bytes, _, done) => {
    if (process.connected) process.send?.(bytes, undefined, {}, () => done());
    else done();
  },
});

await serveHere(input, output);
output.end();
await once(output, "finish");
if (process.connected) process.disconnect();
