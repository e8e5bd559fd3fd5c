/** The way to who shows a program, for an engine that is a thread. Lines are of bytes, one to a character. */
export interface ThreadChannel {
  send(line: string): void;
  /** Waits for a line; null when nobody is there any more. Throws EINTR when the program is to end. */
  receive(): string | null;
}

/** At how many instructions in a row a program is looked at for one of its own when it is to stand still; what is ours may go on for long. */
export const mostLooks = 1000;
