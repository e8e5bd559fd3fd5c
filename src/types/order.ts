/** A test in the Lua in which it ran, null for fengari without `lua`. */
export interface OrderedTest {
  /** The test file, as a person in the current folder would name it. */
  readonly file: string;
  /** Null where nobody can tell. */
  readonly line: number | null;
  readonly names: readonly string[];
  readonly lua: string | null;
}

/** What became of a test, as far as order matters. */
export type TestVerdict = "passes" | "fails" | "is pending";

/** The lines of a source on which begins what ran. */
export interface CoveredLines {
  /** Absolute. */
  readonly source: string;
  /** Those of statements and functions. */
  readonly lines: readonly number[];
  /** Those of branches of which some way was taken. */
  readonly branches: readonly number[];
}

/** A test that does by itself something else than after the tests before it. */
export interface DependentTest {
  readonly test: OrderedTest;
  readonly inOrder: TestVerdict;
  readonly alone: TestVerdict;
  /** What it covers in one of the two ways alone. */
  readonly onlyInOrder: readonly CoveredLines[];
  readonly onlyAlone: readonly CoveredLines[];
  /** Whether more runs came to the same: of it by itself, and behind the tests that it seems to depend on. */
  readonly isSteady: boolean;
  /** Tests before it, behind which alone it does what it does in order; null where they are more than four, and where it is not steady. */
  readonly after: readonly OrderedTest[] | null;
}

/** A test that could not be run by itself. */
export interface InseparableTest {
  readonly test: OrderedTest;
  /** In words, behind its name. */
  readonly reason: string;
}

/** Which tests depend on others. */
export interface OrderReport {
  /** How many there are, and how many of them ran by themselves, too: what comes first in its file does so anyway. */
  readonly tests: number;
  readonly alone: number;
  readonly dependent: readonly DependentTest[];
  readonly inseparable: readonly InseparableTest[];
  /** Those that load sources when they run by themselves, which tests before them had loaded: what else they cover only then is not known. */
  readonly loading: readonly OrderedTest[];
  /** Whether what tests cover was compared, and not only their results. */
  readonly comparesCoverage: boolean;
  readonly interrupted: boolean;
}
