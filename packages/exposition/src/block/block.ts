import type { TargetLabels } from "../family/family.ts";
import type { Packed } from "../gzip/packed.ts";

/** A stretch of sample lines, about 256 KiB at most. Sample lines are equal in both formats, so it serves both. */
export interface Slice {
  readonly bytes: Uint8Array;
  /** On slices that are large enough to be a part of the gzip body of their own. */
  readonly packed: Packed | undefined;
}

/** The sample lines of one family of one target. */
export interface Block {
  /** The object they were rendered from: the same again means the same bytes. */
  readonly samples: object;
  /** Empty when the family had no series. */
  readonly slices: readonly Slice[];
}

/** Everything exposed about one target, never changed once made. */
export interface TargetBlocks {
  readonly labels: TargetLabels;
  /** By family name. */
  readonly blocks: ReadonlyMap<string, Block>;
}
