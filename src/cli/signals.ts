import { constants } from "node:os";

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * An abort signal that the first Ctrl-C (or SIGTERM, or the end of the terminal) sets while it is heard. At other times,
 * and the second time, the system ends the process, as it does with one that hears nothing.
 */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** This thread hears of signals between two events: nobody must hear them while it may be busy for long. */
  hear(isHearing: boolean): void;
  /** Sets it as Ctrl-C does. */
  end(): void;
  /** 128 and the signal's number, as shells count. */
  exitCode(): number;
}

/** `takes` is asked first of Ctrl-C: what it takes ends nothing. */
export function onInterrupt(takes: () => boolean = () => false): Interrupt {
  const controller = new AbortController();
  let received: (typeof names)[number] = "SIGINT";
  const onSignal = (name: NodeJS.Signals) => {
    if (name === "SIGINT" && takes()) return;
    received = names.find((each) => each === name) ?? received;
    leave();
    controller.abort();
  };
  const leave = () => {
    for (const name of names) process.off(name, onSignal);
  };
  return {
    signal: controller.signal,
    hear: (isHearing) => {
      leave();
      if (isHearing && !controller.signal.aborted) for (const name of names) process.on(name, onSignal);
    },
    end: () => onSignal("SIGINT"),
    exitCode: () => 128 + constants.signals[received],
  };
}
