declare module "minimatch" {
  /** A compiled pattern of minimatch 3. */
  class Minimatch {
    constructor(pattern: string, options: { readonly dot: boolean });
    /** For each pattern that braces make of it, its steps: texts, regular expressions, and an object for `**`. */
    readonly set: readonly (readonly unknown[])[];
    /** The patterns that braces make of it. */
    braceExpand(): string[];
    /** With `partial`, whether something below a folder could match. */
    match(path: string, partial?: boolean): boolean;
  }
  const minimatch: { readonly Minimatch: typeof Minimatch };
  export default minimatch;
}
