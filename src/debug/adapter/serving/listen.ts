import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { cannotListen } from "../../../errors/debug.js";
import type { EditorPort } from "../../program.js";
import type { StartRun } from "../session.js";
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
  const token = randomBytes(16).toString("hex");
  let isBusy = false;
  const server = createServer(async (socket) => {
    socket.on("error", () => {});
    if (!isBusy) {
      isBusy = true;
      await serve(socket, socket, { start, token });
      isBusy = false;
    }
    socket.end();
  });
  onListening({ port: await opened(server, port), token });
  await once(server, "close");
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
