import { SystemError } from "../../engine/host/primitives/failure.js";
import type { Command, Launcher, Status } from "../../engine/host/primitives/launcher.js";
import { type Pause, retry } from "../../engine/host/primitives/pause.js";
import type { CommandReply, CommandRequest } from "./messages.js";
import { type MessagePort, received } from "./threads.js";

type News = CommandReply["news"];

/**
 * Lets the main thread start a program's commands: it can end them, whatever they do, while this thread waits. The
 * wait can be ended, too.
 */
export function createLauncher(port: MessagePort, pause: Pause): Launcher {
  const news = new Map<number, News>();
  let last = 0;
  const ask = (command: Command, tellsStart: boolean): number => {
    const request: CommandRequest = { id: ++last, command, tellsStart };
    port.postMessage(request);
    return request.id;
  };
  const hear = (id: number): News =>
    retry(pause, () => {
      for (let next = received(port); next !== null; next = received(port)) {
        const reply = next.message as CommandReply;
        news.set(reply.id, reply.news);
      }
      const found = news.get(id) ?? null;
      news.delete(id);
      return found;
    });
  const end = (id: number): Status => {
    const found = hear(id);
    if (found.kind === "refused") throw new SystemError(found.code);
    return found.kind === "ended" ? found.status : end(id);
  };
  return {
    canBeEnded: true,
    run: (command) => end(ask(command, false)),
    start: (command) => {
      const id = ask(command, true);
      const first = hear(id);
      if (first.kind === "refused") return { wait: () => null };
      return { wait: () => (first.kind === "ended" ? first.status : end(id)) };
    },
  };
}
