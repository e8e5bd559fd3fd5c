import { bytesOf, textOf, type Value } from "./value.js";

/** The environment of one program and its children; changing it leaves that of this process alone. */
export class Environment {
  readonly #changes = new Map<string, string | null>();

  constructor(variables: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(variables)) this.set(name, value);
  }

  get(name: string): string | undefined {
    const changed = this.#changes.get(name);
    return changed === undefined ? process.env[name] : (changed ?? undefined);
  }

  set(name: string, value: string | null): void {
    this.#changes.set(name, value);
  }

  /** For a child process. */
  get all(): NodeJS.ProcessEnv {
    const all = { ...process.env };
    for (const [name, value] of this.#changes) {
      if (value === null) delete all[name];
      else all[name] = value;
    }
    return all;
  }
}

export function environmentPrimitives(environment: Environment) {
  return {
    getenv: (name: Uint8Array): Value => {
      const value = environment.get(textOf(name));
      return value === undefined ? null : bytesOf(value);
    },
    getenvs: (): Value => {
      const entries = Object.entries(environment.all);
      return Object.fromEntries(entries.map(([name, value]) => [name, bytesOf(value ?? "")]));
    },
    setenv: (name: Uint8Array, value: Uint8Array | null) => {
      environment.set(textOf(name), value === null ? null : textOf(value));
      return true;
    },
  };
}
