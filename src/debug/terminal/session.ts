import type { DebugClient } from "../client.js";
import type { DebuggedProgram } from "../program.js";
import type { Command, Frame, InFrame } from "../protocol.js";
import type { Surroundings } from "./places.js";
import type { Screen } from "./screen.js";
import type { Sources } from "./sources.js";
import type { StopPoints } from "./stopPoints.js";

/** A program that is debugged, and what its user looks at. */
export interface Session {
  readonly program: DebuggedProgram;
  readonly client: Pick<DebugClient, "request">;
  readonly screen: Screen;
  readonly sources: Sources;
  /** The current folder. */
  readonly cwd: string;
  /** Leaves the program to itself, whatever it does. */
  readonly abandon: () => void;
  points: StopPoints;
  /** Null before the program has stopped. */
  view: View | null;
  /** The source that was listed last, and the line behind it; null for none since the program stopped. */
  listed: { readonly file: string | null; readonly next: number } | null;
}

/** The call that is looked at, in its coroutine, which has `total` calls. */
export interface View {
  readonly thread: number;
  readonly frame: Frame;
  readonly total: number;
}

/** With what a program goes on; `times` is for steps. */
export interface Onward {
  readonly command: Extract<Command, { readonly command: "go" | "detach" | "terminate" }>;
  readonly times: number;
}

/** The call that is looked at, for what is asked about one; throws where a program has none, which is a fault of its debugger. */
export function viewOf({ view }: Session): View {
  if (view === null) throw new Error("a program stands still without a call");
  return view;
}

/** The same as requests have it. */
export function inFrame(session: Session): InFrame {
  const { thread, frame } = viewOf(session);
  return { thread, frame: frame.index };
}

/** Looks at a call of a coroutine. Returns false where there is none. */
export async function look(session: Session, thread: number, index: number): Promise<boolean> {
  const request = { command: "frames", thread, start: index, count: 1 } as const;
  const { frames, total } = await session.client.request(request);
  const [frame] = frames;
  if (frame === undefined) return false;
  session.view = { thread, frame, total };
  session.listed = null;
  return true;
}

/** Where files are that the user names. */
export async function surroundings({ client, cwd, program, view }: Session): Promise<Surroundings> {
  const loaded = await client.request({ command: "sources" });
  const isShown = view !== null && !view.frame.isC;
  return {
    cwd,
    program: program.file,
    loaded,
    shown: isShown ? (view.frame.file ?? view.frame.source) : null,
  };
}
