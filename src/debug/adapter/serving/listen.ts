import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { cannotListen } from "../../../errors/debug.js";
import type { ChangeLog } from "../../log.js";
import type { EditorPort } from "../../program.js";
import type { StartRun } from "../session.js";
import type { SharedFrontEnd } from "../sharedRun.js";
import { serve } from "./serve.js";

/**
 * Serves editors on a port of this machine alone, 0 for a free one; one at a time, as a process has one current folder. Resolves when
 * it is closed. Throws DEBUG for a port that is not to be had.
 */
export async function listen(
  port: number,
  start: StartRun,
  onListening: (listening: EditorPort) => void,
): Promise<void> {
  let isBusy = false;
  const { server, ...listening } = await openPort(port, async (socket, token) => {
    if (isBusy) return;
    isBusy = true;
    await serve(socket, socket, { start, shared: null, token, log: null });
    isBusy = false;
  });
  onListening(listening);
  await once(server, "close");
}

/** Serves editors that join a run, in the same way. `close` lets what was said reach them. */
export async function listenForJoining(
  port: number,
  shared: SharedFrontEnd,
  log: ChangeLog | null,
): Promise<EditorPort & { close(): void }> {
  const sockets = new Set<Socket>();
  const { server, ...listening } = await openPort(port, async (socket, token) => {
    sockets.add(socket);
    await serve(socket, socket, { start: null, shared, token, log });
    sockets.delete(socket);
  });
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroySoon();
  };
  return { ...listening, close };
}

async function openPort(
  port: number,
  serveEditor: (socket: Socket, token: string) => Promise<void>,
): Promise<EditorPort & { readonly server: Server }> {
  const token = randomBytes(16).toString("hex");
  const server = createServer(async (socket) => {
    socket.on("error", () => {});
    await serveEditor(socket, token);
    socket.end();
  });
  return { port: await opened(server, port), token, server };
}

async function opened(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (cause) {
    throw cannotListen(port, cause);
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
