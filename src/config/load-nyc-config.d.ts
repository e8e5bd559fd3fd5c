declare module "@istanbuljs/load-nyc-config" {
  /** Keys in camelCase, `extends` followed, `cwd` always set. */
  export function loadNycConfig(options: {
    cwd: string;
    nycrcPath?: string;
  }): Promise<Record<string, unknown>>;
}
