import { constants } from "node:os";

/** An abort signal that the first Ctrl-C (or SIGTERM) sets; a second one ends the process as usual. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** 128 and the signal's number, as shells count. */
  exitCode(): number;
}

export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let received: "SIGINT" | "SIGTERM" = "SIGINT";
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      received = name;
      controller.abort();
    });
  }
  return { signal: controller.signal, exitCode: () => 128 + constants.signals[received] };
}
