import type { StartedEnd, StartRequest } from "./started.js";

/** A program to be started in a folder. */
export interface LauncherRequest {
  readonly id: number;
  readonly folder: string;
  readonly request: StartRequest;
}

export type LauncherReply =
  | { readonly kind: "ready" }
  | { readonly kind: "started"; readonly id: number; readonly pid: number }
  | ({ readonly kind: "ended"; readonly id: number } & StartedEnd);
