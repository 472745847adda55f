import type { ExpositionFormat } from "./encode/exposition-format.ts";
import type { CheckedFamily } from "./family/checked-family.ts";
import type { MetricFamily, TargetFamily, TargetLabels } from "./family/family.ts";
import type { Deflate } from "./gzip/deflate.ts";

/** The content coding of an answer. */
export type ExpositionEncoding = "identity" | "gzip" | "zstd";

/** All that is exposed about one target. */
export interface TargetExposition {
  /** Written before each series' own labels. */
  readonly labels: TargetLabels;
  /**
   * In any order; a name at most once. A family whose `samples` is the very object of the previous call is not rendered
   * again, so keep the array where nothing changed and never change one that was handed over. It is held until the family
   * is replaced.
   */
  readonly families: readonly (TargetFamily | CheckedFamily<"own">)[];
}

/** What became of a call of `setTarget`. */
export type Publication = "published" | "superseded";

/** A family with all its labels, checked by the compiler or by `familiesFromPromClient`. */
export type SelfFamily = MetricFamily | CheckedFamily<"all">;

/** What to answer with. */
export interface ScrapeOptions {
  readonly format: ExpositionFormat;
  readonly encoding: ExpositionEncoding;
  /**
   * Families that are no target's block: of the exporter, of the process. The very array of an earlier scrape is neither
   * rendered nor compressed again, so hand over the same one for as long as its values may stand (a second, say).
   */
  readonly self?: readonly SelfFamily[];
  /** The key of the only target to write; one that is unknown leaves `self` alone. Default: all targets. */
  readonly target?: string | undefined;
}

/** A complete body. */
export interface Scrape {
  /** To be written in this order. Shared with other scrapes: never change them. */
  readonly parts: readonly Uint8Array[];
  /** Sum of the parts: the `Content-Length`. */
  readonly byteLength: number;
}

/** The bytes of all targets, kept ready. */
export interface Exposition {
  /**
   * Replaces everything exposed about a target, at once, when its bytes are ready. Until then scrapes see what was there
   * before; never a mixture. Calls for one target publish in the order they were made: a newer one supersedes an older
   * one that is still being rendered.
   *
   * @param key - Names the target; targets are written in the order of their keys (by UTF-16 code unit).
   * @returns `superseded` when a newer `setTarget` or `removeTarget` of the key overtook this one.
   * @throws TypeError when a family occurs twice, has columns of unequal length, or is not in the catalogue as a
   * target's family; what was exposed before stays.
   */
  readonly setTarget: (key: string, target: TargetExposition) => Promise<Publication>;
  /** Drops a target with all its series, also one still being rendered. Unknown keys are ignored. */
  readonly removeTarget: (key: string) => void;
  /**
   * The exposition of this moment: later changes do not reach it, whenever the promise settles.
   *
   * @throws TypeError when a family of `self` occurs twice or is not in the catalogue, and for zstd without `zstdCompress`.
   */
  readonly scrape: (options: ScrapeOptions) => Promise<Scrape>;
}

/** What `createExposition` takes. */
export interface ExpositionOptions {
  readonly deflate: Deflate;
  /**
   * Compresses a body to one frame (RFC 8878); on Node.js `promisify(zstdCompress)` of `node:zlib`, from 22.15 on. Called at the
   * first zstd scrape after a change, with all of the body: of several frames Node and others read the first alone.
   * Without it there is no zstd: do not negotiate it.
   */
  readonly zstdCompress?: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined;
  /** Lets other work run between two slices of rendering (each at most about 256 KiB of text). Default: a zero timeout. */
  readonly yieldToLoop?: () => Promise<void>;
  /** Slices of a block from this size on are compressed alone and once; smaller ones share a part. Default 16 KiB. */
  readonly gzipPartMinBytes?: number;
}
