import { emptyProfile, mergeProfiles } from "../profile/merge.js";
import type { Profile } from "../types.js";

/** How many profiles wait to be merged: each time takes as long as all of them are large. */
const most = 32;

/** A sum of many profiles. */
export class ProfileSum {
  #waiting: Profile[] = [];

  /** The sum so far. */
  get sum(): Profile {
    if (this.#waiting.length > 1) this.#waiting = [mergeProfiles(this.#waiting)];
    return this.#waiting[0] ?? emptyProfile;
  }

  add(profile: Profile): void {
    if (profile === emptyProfile) return;
    this.#waiting.push(profile);
    if (this.#waiting.length >= most) this.#waiting = [this.sum];
  }
}
