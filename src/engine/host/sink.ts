import type { Output } from "../../types.js";

/** Where a program's standard output and error go, instead of to those of this process. */
export interface Sink {
  write(stream: Output["stream"], bytes: Uint8Array): void;
  /** Passes on at once what was written. */
  flush(): void;
}
