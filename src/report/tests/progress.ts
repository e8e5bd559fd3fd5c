import { createRequire } from "node:module";
import { Writable } from "node:stream";
import type { TestEvent, TestReporterContext } from "../../types.js";
import { counted } from "../../words.js";
import { failedCount, runName } from "./text/texts.js";

type Terminal = NonNullable<TestReporterContext["terminal"]>;
type ProgressEvent = Extract<TestEvent, { readonly kind: "progress" }>;

/** A bar on the terminal's last line, which has to be hidden before anything else is written. */
export interface Progress {
  show(event: ProgressEvent): void;
  hide(): void;
}

/** Only terminals need the package, and it takes a while to load. */
const require = createRequire(import.meta.url);

export function createProgress(terminal: Terminal, write: TestReporterContext["write"]): Progress {
  const { SingleBar }: typeof import("cli-progress") = require("cli-progress");
  const bar = new SingleBar({
    stream: streamOf(terminal, write),
    format: "[{bar}] {value}/{total} {payload}",
    barsize: 20,
    barCompleteChar: "=",
    barIncompleteChar: " ",
    clearOnComplete: true,
    // Cut by us: a terminal that is told not to wrap lines stays so when the process is killed.
    linewrap: true,
    // Signals are the command's.
    gracefulExit: false,
  });
  let shown = false;
  return {
    show: (event) => {
      const payload = { payload: payloadText(event) };
      if (shown) bar.update(event.ended, payload);
      else bar.start(event.files, event.ended, payload);
      shown = true;
    },
    hide: () => {
      if (shown) bar.stop();
      shown = false;
    },
  };
}

/** What the bar takes for a terminal: the same way to it as for everything else that is written there. */
function streamOf(terminal: Terminal, write: TestReporterContext["write"]): Writable {
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      write(chunk);
      done();
    },
  });
  return Object.defineProperties(stream, {
    isTTY: { value: true },
    columns: { get: () => terminal.columns },
  });
}

function payloadText({ files, totals, running }: ProgressEvent): string {
  const noun = counted(files, "file").replace(/^\d+ /, "");
  const failed = failedCount(totals);
  const counts = `${totals.success} passed${failed === 0 ? "" : `, ${failed} failed`}`;
  return [noun, counts, running.map(runName).join(", ")].filter((text) => text !== "").join(" · ");
}
