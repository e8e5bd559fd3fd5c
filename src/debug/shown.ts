import type { DebugFrontEnd, DebuggedProgram } from "./program.js";

/** The way to a program, as it is for who runs that. */
export interface DebugConnection {
  readonly program: DebuggedProgram;
  /** Nobody is there any more: the program goes on by itself. */
  leave(): void;
  /** The program is over. */
  end(): void;
}

/**
 * Runs a program that a front end shows. Whoever comes to an end first, the other one is waited for. Throws what the front end
 * has thrown, once the program is over.
 */
export async function shownIn<End>(
  frontEnd: DebugFrontEnd,
  { program, leave, end }: DebugConnection,
  run: (isShown: () => boolean) => Promise<End>,
): Promise<End> {
  let isShown = true;
  const shown = frontEnd.debug(program).finally(() => {
    isShown = false;
    leave();
  });
  // What it throws early is thrown at the end.
  shown.catch(() => {});
  try {
    return await run(() => isShown);
  } finally {
    end();
    await shown;
  }
}
