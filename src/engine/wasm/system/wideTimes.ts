/** Times in seconds that go past C's library, whose time_t is too small for them. */
export interface WideTimes {
  /** What C takes for the time 0 is this one, for as long as `action` runs. */
  during<Result>(time: number, action: () => Result): Result;
  /** The time that C means. */
  of(time: number): number;
  /** Takes a time that C has asked for; returns what C is told instead. */
  made(time: number): number;
  /** The time that was made last and that C could not be told; null for none. */
  takeMade(): number | null;
}

export function createWideTimes(): WideTimes {
  let given: number | null = null;
  let made: number | null = null;
  return {
    during: (time, action) => {
      given = time;
      try {
        return action();
      } finally {
        given = null;
      }
    },
    of: (time) => given ?? time,
    made: (time) => {
      made = (time | 0) === time ? null : time;
      return made === null ? time : 0;
    },
    takeMade: () => {
      const time = made;
      made = null;
      return time;
    },
  };
}
