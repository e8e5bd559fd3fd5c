import type { TestEvent, TestReporterContext } from "../../../types.js";

/** What the thread of a user's reporter is started with. */
export interface ReporterSetup extends Pick<TestReporterContext, "root" | "colors" | "environment"> {
  readonly file: string;
  readonly terminal: { readonly columns: number } | null;
}

/** To the thread: null makes the reporter; after "close" nothing follows. */
export type ReporterRequest = { readonly id: number; readonly event: TestEvent | null } | "close";

export type ReporterReply =
  | { readonly kind: "write" | "writeError"; readonly chunk: string | Uint8Array }
  | { readonly kind: "done"; readonly id: number }
  /** `doing` is what it did then, null for a mistake in what the module exports, which `message` says. */
  | { readonly kind: "failed"; readonly id: number; readonly doing: string | null; readonly message: string };
