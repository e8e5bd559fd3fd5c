import { SingleBar } from "cli-progress";
import type { TestEvent } from "../../types.js";
import { counted, failedCount, visible } from "./texts.js";

type ProgressEvent = Extract<TestEvent, { readonly kind: "progress" }>;

/** A bar on the terminal's last line, which has to be hidden before anything else is written. */
export interface Progress {
  show(event: ProgressEvent): void;
  hide(): void;
}

export function createProgress(terminal: NodeJS.WritableStream): Progress {
  const bar = new SingleBar({
    stream: terminal,
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

function payloadText({ files, totals, running }: ProgressEvent): string {
  const noun = counted(files, "file").replace(/^\d+ /, "");
  const failed = failedCount(totals);
  const counts = `${totals.success} passed${failed === 0 ? "" : `, ${failed} failed`}`;
  return [noun, counts, running.map(visible).join(", ")].filter((text) => text !== "").join(" · ");
}
