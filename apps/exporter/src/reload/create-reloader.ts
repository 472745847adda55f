/** What came of an attempt to load the configuration anew. */
export type ReloadOutcome =
  | { readonly ok: true; readonly targets: number }
  /** The configuration before stays in force. One line each, ready to print. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Loads the configuration anew. Never rejects. */
export type Reload = () => Promise<ReloadOutcome>;

export interface ReloaderOptions<Loaded> {
  /** Reads and checks; a failure is a value. */
  readonly load: () => Promise<
    { readonly ok: true; readonly loaded: Loaded } | { readonly ok: false; readonly problems: readonly string[] }
  >;
  /** Puts into force; answers how many targets there are now, throws when it cannot, and then has changed nothing. */
  readonly apply: (loaded: Loaded) => number;
  /** Told of each attempt. */
  readonly onOutcome: (outcome: ReloadOutcome) => void;
}

/**
 * Makes the one way in which a configuration changes, whoever asks: a signal, a request, a file that changed. One attempt at a
 * time; an attempt that is asked for while another runs begins after it, so that a file that was just written counts.
 */
export function createReloader<Loaded>({ load, apply, onOutcome }: ReloaderOptions<Loaded>): Reload {
  let last: Promise<unknown> = Promise.resolve();

  async function attempt(): Promise<ReloadOutcome> {
    try {
      const read = await load();
      return read.ok ? { ok: true, targets: apply(read.loaded) } : read;
    } catch (error) {
      return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
    }
  }

  return () => {
    const outcome = last.then(attempt).then((reached) => {
      onOutcome(reached);
      return reached;
    });
    last = outcome;
    return outcome;
  };
}
