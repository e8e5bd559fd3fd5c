/** Editors that join a run: one that goes on here, or one that listens at another port of this machine. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { cannotAttach, nothingToAttach, otherHost, runsAlready } from "../../errors/debug.js";
import { checkToken } from "./launch.js";
import { request } from "./request.js";
import type { AdapterSession } from "./session.js";
import { type AttachConfiguration, attachSchema } from "./settings.js";

export const attach = request(attachSchema, async (session, given) => {
  checkHost(given);
  if (session.shared !== null) join(session, given);
  else await reach(session, given);
  return {};
});

const names: readonly string[] = ["127.0.0.1", "localhost"];

function checkHost({ host }: AttachConfiguration): void {
  if (host !== undefined && !names.includes(host)) throw otherHost(host);
}

function join(session: AdapterSession, given: AttachConfiguration): void {
  checkToken(session, given);
  session.shared?.join(session);
  session.attached = given;
}

/** Whoever has reached a port of ours can reach the other one. */
async function reach(session: AdapterSession, { port, token }: AttachConfiguration): Promise<void> {
  if (session.launch !== null) throw runsAlready();
  if (session.token !== null || port === undefined || token === undefined) throw nothingToAttach();
  session.elsewhere = await connected(port);
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
  } catch (cause) {
    throw cannotAttach(port, cause);
  }
  return socket.on("error", () => {});
}
