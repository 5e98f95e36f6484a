/** Types of `window.zhiqing`, the page's interface to Zhiqing 知情. */

/**
 * Where one purpose stands; `unset` until the person has decided. What was granted before the browser
 * signalled Global Privacy Control is `denied` while it does, though the decision is kept as it was made.
 */
export type PurposeState = 'granted' | 'denied' | 'unset';

/** Where things stand. */
export interface ZhiqingState {
  /** Version of the policy that was decided on, or, undecided, that is asked about. */
  policyVersion: string;
  /** Every purpose of the site. Purposes of basis none are always `granted`. */
  purposes: Record<string, PurposeState>;
  /** Every technology that can be refused. */
  technologies: Record<string, 'allowed' | 'refused'>;
  /** Moment of the decision (RFC 3339, UTC), or null. */
  decidedAt: string | null;
}

/**
 * What was deleted since the last refusal or withdrawal; at most 200 rows, kept over reloads. A `key` is a name, of
 * at most 120 characters; caches of the Cache API are told as `indexed_db`.
 */
export interface Removal {
  /** Deleted. */
  removed: { technology: string; key: string }[];
  /** Still there, and why, in English; what is gone later moves to `removed`. */
  kept: { technology: string; key: string; reason: string }[];
  /** Found again by so many looks after it was deleted, and deleted again unless it is in `kept`. */
  returned: { technology: string; key: string; times: number }[];
}

/** An error of ours: `code` is stable, `message` is for people. */
export interface ZhiqingError extends Error {
  code: 'module' | 'notice' | 'policy' | 'argument' | 'random';
}

export interface Zhiqing {
  /** Fulfilled when the module runs; rejected with code `module` if it cannot. */
  readonly ready: Promise<Zhiqing>;
  /** Where things stand, at once. */
  state(): ZhiqingState;
  /** Opens a view; the person asked for it, so no rest after a refusal applies. */
  show(view: 'banner' | 'preferences' | 'policy' | 'rights'): Promise<void>;
  /**
   * Without ids: grants every general purpose and no other. With ids: grants those of general
   * consent, and opens the step of each that needs a consent of its own. Call it where the person
   * taps: a page that asks by itself opens no step for 48 hours after that step or everything was
   * refused, nor again on a page where it was closed.
   */
  accept(ids?: string[]): Promise<ZhiqingState>;
  /** Refuses everything that is asked about. */
  reject(): Promise<ZhiqingState>;
  /**
   * Withdraws these purposes (what else was granted stays) or all, and deletes what their trackers
   * stored: storage keys and most cookies before it is fulfilled, the rest soon after (see `removed`).
   */
  withdraw(ids?: string[]): Promise<ZhiqingState>;
  /**
   * Asks just in time for the purpose that a device permission needs. Call it where the person
   * taps: after a refusal, or after the question was closed, a page that asks by itself is told
   * `denied` for 48 hours without anybody being asked.
   */
  permission(id: string): Promise<'granted' | 'denied'>;
  /** The signed receipt of the last record, once the server has answered; null before. */
  receipt(): Promise<object | null>;
  /**
   * What was deleted because the decision does not allow it, what could not be and why, and what was
   * there again. Waits for the look that is due after a decision or a load, at most 5 seconds; the event
   * `zhiqing:removed` tells each change after that.
   */
  removed(): Promise<Removal>;
  /**
   * What the gate held back on this page, or would have held back where the site only reports: each once, at
   * most 200. `key` is a name, or host and path of an address; `purpose` is null for what nobody declared.
   */
  held(): { technology: string; key: string; purpose: string | null }[];
  /** Calls `listener` after every change; returns a function that stops it. */
  on(event: 'change', listener: (state: ZhiqingState) => void): () => void;
  /** Calls `listener` after every look that found something to delete; returns a function that stops it. */
  on(event: 'removed', listener: (removal: Removal) => void): () => void;
}

declare global {
  interface Window {
    readonly zhiqing: Zhiqing;
  }
  interface DocumentEventMap {
    'zhiqing:change': CustomEvent<ZhiqingState>;
    'zhiqing:removed': CustomEvent<Removal>;
  }
}
