/** Runs of tests or of a script, for an editor. */

import { createHash, timingSafeEqual } from "node:crypto";
import path from "node:path";
import * as v from "valibot";
import { nothingRuns, runsAlready, wrongToken } from "../../errors/debug.js";
import { currentFolder } from "../../files/files.js";
import { type ChangeLog, openChangeLog } from "../log.js";
import { outputTeller, tellOutput } from "./output.js";
import { showProgram } from "./program.js";
import { request } from "./request.js";
import type { AdapterSession, Launch, RunEnd } from "./session.js";
import { type LaunchSettings, launchSchema, settingsOf } from "./settings.js";

/** Answered when the first program is there, or when the run has ended without one. */
export const launch = request(launchSchema, async (session, given) => {
  checkToken(session, given);
  await begin(session, settingsOf(given));
  return {};
});

/** Throws DEBUG for an editor that does not know what it has to. */
export function checkToken({ token }: AdapterSession, given: { readonly token?: string | undefined }): void {
  if (token === null) return;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (!timingSafeEqual(digest(token), digest(given.token ?? ""))) throw wrongToken();
}

/** Runs the same once more, from its start, or what is given in its place. */
export const restart = request(
  v.object({ arguments: v.optional(launchSchema) }),
  async (session, { arguments: given }) => {
    const before = session.launch;
    if (before === null) throw nothingRuns();
    before.isRestarting = true;
    await end(session, before);
    await before.over;
    try {
      await begin(session, given === undefined ? before.settings : settingsOf(given));
    } catch (error) {
      session.tell("terminated");
      throw error;
    }
    return {};
  },
);

export const terminate = request(v.object({}), async (session) => {
  if (session.attached !== null) session.shared?.end();
  if (session.launch !== null) await end(session, session.launch);
  return {};
});

/** What was launched ends with the session; what the editor has joined goes on, unless that is to end as well. */
export const disconnect = request(
  v.object({ terminateDebuggee: v.optional(v.boolean(), false) }),
  async (session, { terminateDebuggee }) => {
    if (terminateDebuggee && session.attached !== null) session.shared?.end();
    await leave(session);
    return {};
  },
);

/** Ends what was launched, and waits for that. */
export async function leave(session: AdapterSession): Promise<void> {
  session.shared?.leave(session);
  if (session.launch === null) return;
  await end(session, session.launch);
  await session.launch.over;
}

/** A program that stands still ends where it is, as nobody would hold it any more. */
async function end({ program }: AdapterSession, { controller }: Launch): Promise<void> {
  if (program !== null && program.stop !== null) await program.client.request({ command: "terminate" });
  controller.abort();
}

async function begin(session: AdapterSession, settings: LaunchSettings): Promise<void> {
  const controller = new AbortController();
  let begun = () => {};
  const isBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const tell = outputTeller(session);
  if (session.start === null) throw runsAlready();
  session.log ??= logOf(settings);
  const ended = session.start(settings, {
    debug: settings.noDebug
      ? null
      : {
          debug: (program) => {
            begun();
            return showProgram(session, settings, program);
          },
        },
    onEvent: (event) => {
      if (settings.noDebug) begun();
      return tell(event);
    },
    signal: controller.signal,
  });
  await watchOver(session, { settings, controller }, ended, isBegun);
}

/** Of the first run, seen from where this began. */
function logOf({ cwd = ".", log }: LaunchSettings): ChangeLog | null {
  return log === undefined ? null : openChangeLog(path.resolve(currentFolder(), cwd, log));
}

/** Waits until a run has begun, and says how it ends. Throws what has kept it from beginning. */
async function watchOver(
  session: AdapterSession,
  about: Pick<Launch, "settings" | "controller">,
  ended: Promise<RunEnd>,
  isBegun: Promise<void>,
): Promise<void> {
  let hasBegun = false;
  const tellEnd = (end: RunEnd) => {
    if (!current.isRestarting) endSession(session, end);
  };
  const tellFailure = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    if (hasBegun) endSession(session, { code: 2, notices: [message] });
  };
  const current: Launch = { ...about, over: ended.then(tellEnd, tellFailure), isRestarting: false };
  session.launch = current;
  await Promise.race([isBegun, ended]);
  hasBegun = true;
}

function endSession(session: AdapterSession, { code, notices }: RunEnd): void {
  for (const notice of notices) tellOutput(session, "console", `${notice}\n`);
  session.tell("exited", { exitCode: code });
  session.tell("terminated");
}
