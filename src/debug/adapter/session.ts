import type { Duplex } from "node:stream";
import type { TestReporter } from "../../types.js";
import type { DebugClient } from "../client.js";
import type { ChangeLog } from "../log.js";
import type { DebugFrontEnd, DebuggedProgram } from "../program.js";
import type { DebugEvent, ErrorMode, Go, InFrame, Watched } from "../protocol.js";
import type { LaunchSettings, ShownSettings } from "./settings.js";
import type { StopPoints } from "./stopping/points.js";

/** What a run that is shown in an editor has come to. */
export interface RunEnd {
  /** As the command's own exit code. */
  readonly code: number;
  /** What is to be said of it, each a sentence. */
  readonly notices: readonly string[];
}

/** Begins a run; resolves when all of its programs are over. Throws LuacovError for what cannot run. */
export type StartRun = (
  settings: LaunchSettings,
  run: { readonly debug: DebugFrontEnd | null; readonly onEvent: TestReporter; readonly signal: AbortSignal },
) => Promise<RunEnd>;

/** A run that goes on whether or not an editor looks at it: one after the other may join. */
export interface SharedRun {
  /** Throws DEBUG where another editor is there. */
  join(session: AdapterSession): void;
  /** Without the editor nothing stops the program any more. */
  leave(session: AdapterSession): void;
  /** Ends its programs. */
  end(): void;
}

/** What an editor can have a debugger do. */
export interface AdapterOffer {
  /** Null where nothing can be launched. */
  readonly start: StartRun | null;
  /** What an editor can attach to here; null for nothing. */
  readonly shared: SharedRun | null;
  /** What the editor has to know; null for nothing. */
  readonly token: string | null;
  /** Where it is noted what an editor changes; null for nowhere. */
  readonly log: ChangeLog | null;
}

/** What an editor has said of itself. */
export interface Client {
  /** The number of the first line, and of the first column. */
  readonly firstLine: number;
  readonly firstColumn: number;
  readonly showsTypes: boolean;
  readonly hasPages: boolean;
  readonly takesInvalidated: boolean;
}

/** An editor and what it debugs. */
export interface AdapterSession extends Omit<AdapterOffer, "log"> {
  log: ChangeLog | null;
  readonly tell: (event: string, body?: object) => void;
  /** Settled when the editor has said all that there is to know before a program begins. */
  readonly configured: Promise<void>;
  readonly configure: () => void;
  readonly points: StopPoints;
  /** Names of chunks without files, by their numbers less one. */
  readonly chunks: string[];
  client: Client;
  errors: ErrorMode;
  launch: Launch | null;
  /** The way to the run that the editor was handed on to; null where it is served here. */
  elsewhere: Duplex | null;
  /** How the editor has joined a run; null where it has not. */
  attached: ShownSettings | null;
  program: ShownProgram | null;
  /** Whether it was said what a debugger can do. */
  hasWarned: boolean;
}

/** A run that goes on. */
export interface Launch {
  readonly settings: LaunchSettings;
  readonly controller: AbortController;
  /** Settled when it is over. */
  readonly over: Promise<void>;
  /** Whether another one takes its place, so that its end is not the session's. */
  isRestarting: boolean;
}

/** A program of a run. */
export interface ShownProgram {
  readonly program: DebuggedProgram;
  readonly client: DebugClient;
  /** Null while it runs, and before its first line. */
  stop: Stop | null;
  /** How it went on; null before its first line. */
  going: Go["kind"] | null;
  /** Settled when it has heard how: only then it can be paused. */
  gone: Promise<void>;
  /** What the editor has changed since the program was told. */
  readonly untold: Set<"breakpoints" | "errors" | "skip" | "watch">;
  /** In which Lua it runs; null until it has said so. */
  version: string | null;
  isPauseAsked: boolean;
}

/** A program that stands still. What an editor knows by number is known until it goes on. */
export interface Stop {
  readonly event: Extract<DebugEvent, { event: "stopped" }>;
  readonly frames: Map<number, InFrame>;
  readonly holders: Map<number, Holder>;
  /** What can be watched, by the names that the editor has for it. */
  readonly watchable: Map<string, Watched>;
}

/** Variables of a scope, a value, or a part of them: so many from the so-manieth on, from 1. */
export interface Holder {
  readonly reference: number;
  readonly start: number;
  readonly count: number;
  /** In which expressions are evaluated that are assigned to them. */
  readonly frame: InFrame;
}

export function createSession(
  tell: AdapterSession["tell"],
  { start, shared, token, log }: AdapterOffer,
): AdapterSession {
  let configure = () => {};
  const configured = new Promise<void>((resolve) => {
    configure = resolve;
  });
  return {
    tell,
    start,
    shared,
    token,
    log,
    configured,
    configure: () => configure(),
    points: { files: new Map(), functions: [], data: [], count: 0 },
    chunks: [],
    client: { firstLine: 1, firstColumn: 1, showsTypes: false, hasPages: false, takesInvalidated: false },
    errors: "never",
    launch: null,
    elsewhere: null,
    attached: null,
    program: null,
    hasWarned: false,
  };
}
