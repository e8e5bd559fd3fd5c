/** A program in which a debugger runs, as its front end sees it. */
export interface DebuggedProgram {
  /** What is debugged: a script or a test file, as it was named. */
  readonly file: string;
  /** In which Lua; null for the embedded one. */
  readonly lua: string | null;
  /** Sends a line, of bytes one to a character, without its newline. */
  send(line: string): void;
  /** Has it pause as soon as it can, if its engine can: a "stopped" event follows. */
  pause(): void;
  /** What it says, line by line, in the same form; ends when the program does. */
  readonly lines: AsyncIterable<string>;
}

/** Shows programs in a debugger, one after the other; resolves when a program is over, or is left to itself. */
export interface DebugFrontEnd {
  /** Whether standard input and Ctrl-C stay the programs'; by default they are the front end's. */
  readonly leavesInput?: boolean;
  debug(program: DebuggedProgram): Promise<void>;
}

/** One in a terminal. */
export interface DebugTerminal extends DebugFrontEnd {
  /** Pauses the program that runs. Returns false where there is none, and for one that has not paused since: that is left to itself. */
  interrupt(): boolean;
  /** Ends the log, and keeps what was entered for the next session. */
  close(): void;
}

/** One in editors, which join the programs and leave them. */
export interface DebugPort extends DebugFrontEnd, EditorPort {
  /** Tells the editor that is there how the run has ended, and listens no more. */
  close(code: number): void;
}

/** Where editors are listened to, and what they have to say to be served. */
export interface EditorPort {
  readonly port: number;
  readonly token: string;
}
