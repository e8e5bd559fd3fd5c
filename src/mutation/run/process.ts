/** What runs in a process for mutants, whose current folder is that of a copy. It ends with who has started it. */

import { rmSync } from "node:fs";
import { LuacovError } from "../../errors.js";
import { runFirst } from "./firstRun.js";
import type { Answer, Order } from "./messages.js";
import { createRestorable } from "./restore.js";
import { createTrier, type Trier } from "./tried.js";

const [copy = "", original = "", outer = ""] = process.argv.slice(2);
let trier: Trier | null = null;
let isClosing = false;

const answer = (message: Answer) => process.connected && process.send?.(message);

// A terminal's Ctrl-C is for who has started it, who then ends it.
process.on("SIGINT", () => {});

process.on("message", async (order: Order) => {
  try {
    await obey(order);
  } catch (error) {
    const code = error instanceof LuacovError ? error.code : null;
    const message =
      error instanceof Error ? (code === null ? (error.stack ?? "") : error.message) : String(error);
    answer({ kind: "failed", code, message });
  }
});

process.on("disconnect", async () => {
  await trier?.close();
  // Nobody is left to remove the copies.
  if (!isClosing) rmSync(outer, { recursive: true, force: true, maxRetries: 3 });
});

answer({ kind: "ready" });

async function obey(order: Order): Promise<void> {
  switch (order.kind) {
    case "first run":
      answer(await runFirst(order.config));
      return;
    case "prepare":
      trier = await createTrier(order.config, createRestorable(copy, original));
      answer({ kind: "ready" });
      return;
    case "mutant":
      if (trier === null) throw new Error("nothing is prepared for a mutant");
      answer({ kind: "fate", ...(await trier.tryMutant(order)) });
      return;
    case "close":
      isClosing = true;
      process.disconnect();
  }
}
