import { colorsOf } from "../../colors.js";
import { openLog } from "../log.js";
import type { DebugTerminal } from "../program.js";
import { historyFile, keepHistory, mostLines, readHistory } from "./input/history.js";
import type { PromptOptions } from "./input/prompt.js";
import { debugProgram, type TerminalState } from "./run.js";
import { createScreen } from "./screen.js";
import { type StopPoints, stopsPrograms } from "./stopPoints.js";
import { noteChanges } from "./stopping.js";

export interface TerminalOptions extends Pick<PromptOptions, "input"> {
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** The current folder. */
  readonly cwd: string;
  readonly points: StopPoints;
  /** Where each command is written with its answer, absolute; null for nowhere. */
  readonly log: string | null;
  /** Hears that the user wants no program any more. */
  readonly onQuit: () => void;
}

/**
 * Debugs programs in a terminal, or by commands from a pipe. As in gdb all is written where the program writes as well: a reader sees
 * what it did between two commands. Throws NOT_WRITABLE for the log.
 */
export function createTerminal(options: TerminalOptions): DebugTerminal {
  const { input, output, cwd, points } = options;
  const isTerminal = "isTTY" in input && input.isTTY;
  const file = historyFile();
  const log = options.log === null ? null : openLog(options.log);
  const state: TerminalState = {
    screen: createScreen((text) => output.write(text), log, colorsOf(output)),
    promptOptions: { input, output, history: isTerminal ? readHistory(file) : [], mostLines },
    prompt: null,
    cwd,
    onQuit: options.onQuit,
    entered: [],
    points,
    stopsAtEntry: !stopsPrograms(points),
    leaving: null,
    running: null,
    steps: null,
    last: null,
  };
  for (const each of [...points.lines, ...points.functions]) noteChanges(state.screen, each, cwd);
  return {
    debug: (program) => debugProgram(state, program),
    interrupt: () => {
      const { running } = state;
      if (running === null) return false;
      if (running.isPausing) {
        running.abandon();
        return false;
      }
      state.running = { ...running, isPausing: true };
      running.pause();
      return true;
    },
    close: () => {
      state.prompt?.close();
      state.screen.close();
      if (isTerminal) keepHistory(file, state.entered);
    },
  };
}
