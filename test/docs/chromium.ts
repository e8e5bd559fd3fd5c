import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { toolPath } from "../support/tools.js";

type Parameters = Readonly<Record<string, unknown>>;

/** A page of headless Chromium, by the DevTools protocol over pipes. Ask for Chromium by testWith first. */
export interface BrowserPage {
  /** What the browser has asked for, by address. */
  readonly requests: readonly string[];
  /** What a console would show as a warning or an error. */
  readonly complaints: readonly string[];
  resize(width: number, height: number): Promise<void>;
  /** Goes to an address, and comes back once it has loaded. */
  open(url: string): Promise<void>;
  /** The value of an expression, awaited if it is a promise. */
  evaluate<Result>(expression: string): Promise<Result>;
  /** Types where the focus is. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openBrowser(profile: string): Promise<BrowserPage> {
  const browser = startChromium(profile);
  const requests: string[] = [];
  const complaints: string[] = [];
  const connection = connect(browser, (method, parameters) => {
    if (method === "Network.requestWillBeSent") requests.push(textAt(parameters, "request", "url"));
    if (method === "Runtime.exceptionThrown") complaints.push(JSON.stringify(parameters));
    const level = textAt(parameters, "type") || textAt(parameters, "entry", "level");
    const isLogged = method === "Runtime.consoleAPICalled" || method === "Log.entryAdded";
    if (isLogged && /error|warning|assert/.test(level)) complaints.push(JSON.stringify(parameters));
  });
  const { targetId } = await connection.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await connection.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, parameters: Parameters = {}) =>
    connection.send(method, parameters, String(sessionId));
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  return {
    requests,
    complaints,
    resize: async (width, height) => {
      const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
      await send("Emulation.setDeviceMetricsOverride", metrics);
    },
    open: async (url) => {
      const loaded = connection.next("Page.loadEventFired");
      await send("Page.navigate", { url });
      await loaded;
    },
    evaluate: async (expression) => {
      const asked = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await send("Runtime.evaluate", asked);
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return JSON.parse(JSON.stringify(result)).value;
    },
    type: async (text) => {
      await send("Input.insertText", { text });
    },
    close: async () => {
      const ended = once(browser, "exit");
      await Promise.race([connection.send("Browser.close"), ended]);
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function startChromium(profile: string): ChildProcess {
  const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", ...quiet];
  return spawn(toolPath("chromium"), [...flags, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
}

/** Messages are JSON with a zero behind each. */
function connect(browser: ChildProcess, onEvent: (method: string, parameters: Parameters) => void) {
  const input = browser.stdio[3] as Writable;
  const output = browser.stdio[4] as Readable;
  const waiting = new Map<number, (reply: Parameters) => void>();
  const expected = new Map<string, () => void>();
  let count = 0;
  let rest = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop() ?? "";
    for (const message of messages) hear(JSON.parse(message));
  });
  function hear({
    id,
    method,
    params,
    result,
    error,
  }: {
    id?: number;
    method?: string;
    params?: Parameters;
    result?: Parameters;
    error?: Parameters;
  }) {
    if (id !== undefined) waiting.get(id)?.(result ?? { exceptionDetails: error });
    if (method === undefined) return;
    onEvent(method, params ?? {});
    expected.get(method)?.();
  }
  return {
    send: (method: string, params: Parameters = {}, sessionId?: string) => {
      count++;
      const id = count;
      const replied = new Promise<Parameters>((resolve) => waiting.set(id, resolve));
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return replied;
    },
    next: (method: string) => new Promise<void>((resolve) => expected.set(method, resolve)),
  };
}

function textAt(parameters: Parameters, ...keys: readonly string[]): string {
  const found = keys.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    parameters,
  );
  return typeof found === "string" ? found : "";
}
