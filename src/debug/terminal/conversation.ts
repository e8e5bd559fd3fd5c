/** What is said between a user and a program that stands still. */

import { printable } from "../../files/visible.js";
import type { TerminalCommand } from "./commands/command.js";
import { parseCommand } from "./commands/parse.js";
import { execute } from "./execute.js";
import { complete } from "./input/completion.js";
import { createPrompt } from "./input/prompt.js";
import { showAround } from "./looking.js";
import type { Stopped, TerminalState } from "./run.js";
import { look, type Onward, type Session, viewOf } from "./session.js";
import { stopText } from "./showing.js";

const promptText = "debug> ";

/** Says where a program stands, and asks for commands until one has it go on. Returns that one; null where the program is over before. */
export async function converse(
  state: TerminalState,
  session: Session,
  stop: Stopped,
  over: AbortSignal,
): Promise<Onward | null> {
  await show(session, stop);
  state.prompt ??= createPrompt(state.promptOptions);
  for (;;) {
    const line = await state.prompt.ask(promptText, (text) => complete(session, text), over);
    if (over.aborted) return null;
    if (line === null) return { command: { command: "detach" }, times: 1 };
    const onward = await answer(state, session, line);
    if (onward !== null) return onward;
  }
}

async function show(session: Session, { reason, thread, frame, message, breakpoints }: Stopped) {
  await look(session, thread, frame);
  const { screen, cwd } = session;
  const { red, yellow } = screen.colors;
  const paint = reason === "error" || reason === "failure" ? red : yellow;
  if (message !== null) screen.show(paint(printable(message)));
  screen.show(stopText(reason, breakpoints, viewOf(session).frame, cwd));
  await showAround(session, 2);
}

async function answer(state: TerminalState, session: Session, line: string): Promise<Onward | null> {
  session.screen.entered(promptText, line);
  if (line.trim() !== "" && state.entered.at(-1) !== line) state.entered.push(line);
  const parsed = parseCommand(line);
  const isRepeated = parsed.kind === "repeat" && state.last !== null;
  const command = parsed.kind === "repeat" ? (state.last ?? parsed) : parsed;
  state.last = isRepeatable(command) ? command : null;
  return execute(session, command, isRepeated);
}

function isRepeatable(command: TerminalCommand): boolean {
  if (command.kind === "go") return command.go !== "switch";
  return command.kind === "move" || command.kind === "list";
}
