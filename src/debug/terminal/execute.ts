import { LuacovError } from "../../errors.js";
import { printable } from "../../files/visible.js";
import { mayChange } from "../luaText.js";
import type { TerminalCommand } from "./commands/command.js";
import { helpText } from "./commands/help.js";
import {
  list,
  lookAtThread,
  move,
  showGlobals,
  showLocals,
  showSources,
  showThreads,
  showTrace,
} from "./looking.js";
import { inFrame, type Onward, type Session, viewOf } from "./session.js";
import { frameText } from "./showing.js";
import { remove, setBreakpoint, setErrors, setLog, setWatch, showBreakpoints, until } from "./stopping.js";

/** How deep tables are shown. */
const depth = 3;

/** Does what a line asks for. Returns with what the program goes on; null while it stands still. */
export async function execute(
  session: Session,
  command: TerminalCommand,
  isRepeated: boolean,
): Promise<Onward | null> {
  try {
    return await perform(session, command, isRepeated);
  } catch (error) {
    if (!(error instanceof LuacovError)) throw error;
    session.screen.show(session.screen.colors.red(printable(error.message)));
    return null;
  }
}

async function perform(
  session: Session,
  command: TerminalCommand,
  isRepeated: boolean,
): Promise<Onward | null> {
  switch (command.kind) {
    case "go":
      return { command: { command: "go", go: { kind: command.go } }, times: command.times };
    case "detach":
      return { command: { command: "detach" }, times: 1 };
    case "quit":
      return { command: { command: "terminate" }, times: 1 };
    case "until": {
      const go = await until(session, command.place);
      if (typeof go !== "string") return { command: { command: "go", go }, times: 1 };
      session.screen.show(go);
      return null;
    }
    default:
      await doHere(session, command, isRepeated);
      return null;
  }
}

type HereCommand = Exclude<TerminalCommand, { kind: "go" | "detach" | "quit" | "until" }>;

/** What leaves the program where it is. */
async function doHere(session: Session, command: HereCommand, isRepeated: boolean): Promise<void> {
  switch (command.kind) {
    case "move":
      return move(session, command.by);
    case "trace":
      return showTrace(session);
    case "list":
      return list(session, command, isRepeated);
    case "locals":
      return showLocals(session);
    case "globals":
      return showGlobals(session, command.text);
    case "threads":
      return showThreads(session);
    case "thread":
      return lookAtThread(session, command.id);
    case "sources":
      return showSources(session);
    case "help":
      return session.screen.show(helpText());
    case "wrong":
      return session.screen.show(printable(command.sentence));
    case "evaluate":
      return evaluate(session, command);
    case "repeat":
      return;
    default:
      return choose(session, command);
  }
}

type StopCommand = Extract<
  HereCommand,
  { kind: "breakpoints" | "break" | "log" | "delete" | "errors" | "watch" }
>;

/** What is to stop the program. */
async function choose(session: Session, command: StopCommand): Promise<void> {
  switch (command.kind) {
    case "breakpoints":
      return showBreakpoints(session);
    case "break":
      return setBreakpoint(session, command.request, command.isTemporary);
    case "log":
      return setLog(session, command.place, command.text);
    case "delete":
      return remove(session, command.id);
    case "errors":
      return setErrors(session, command.mode);
    case "watch":
      return setWatch(session, command.expression);
  }
}

/** Executes Lua in the call that is looked at, and shows what it gives. */
async function evaluate(
  session: Session,
  { text, word }: Extract<TerminalCommand, { kind: "evaluate" }>,
): Promise<void> {
  const { screen, client } = session;
  if (mayChange(text)) screen.changed(frameText(viewOf(session).frame, session.cwd), text);
  const { values, shown } = await client.request({ command: "evaluate", text, depth, ...inFrame(session) });
  screen.show(...shown.map(printable));
  const isNothing = values.every(({ type }) => type === "nil");
  if (word !== null && isNothing) screen.show(`(to have the command ${word}, write that)`);
}
