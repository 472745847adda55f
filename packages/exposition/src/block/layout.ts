import { CATALOGUE } from "../catalogue/catalogue.ts";
import type { ExpositionFormat } from "../encode/exposition-format.ts";
import type { Deflate } from "../gzip/deflate.ts";
import { joinChecksums, pack } from "../gzip/packed.ts";
import type { Checksum, Packed } from "../gzip/packed.ts";
import type { TargetBlocks } from "./block.ts";
import { concatBytes } from "./bytes.ts";
import { HEADER_BYTES } from "./header-bytes.ts";
import { once } from "./once.ts";

/** A run of small neighbours (headers, slices) is closed when it has grown to this many times the smallest own part. */
const RUN_PARTS = 4;

/** A stretch of the body: a large slice alone, or a run of small neighbours. */
interface Part {
  /** What it was made of, by identity. */
  readonly members: readonly Uint8Array[];
  readonly bytes: Uint8Array;
  readonly packed: () => Promise<Packed>;
}

/** The deflated parts of a layout and the checksum of what they hold. */
export interface PackedLayout {
  readonly deflated: readonly Uint8Array[];
  readonly checksum: Checksum;
}

/** The body of one format for one state of the targets, without its end: the families that only targets have. */
export interface Layout {
  readonly parts: readonly Part[];
  /** Compresses what is not compressed yet. */
  readonly packed: () => Promise<PackedLayout>;
}

/** What a layout is made from. */
export interface LayoutInput {
  readonly format: ExpositionFormat;
  /** In the order they are written. */
  readonly targets: readonly TargetBlocks[];
  /** Families that are written elsewhere. */
  readonly without: ReadonlySet<string>;
  /** The layout before, whose unchanged runs are kept. */
  readonly previous: Layout | undefined;
  readonly deflate: Deflate;
  readonly gzipPartMinBytes: number;
}

// Made outside of `createLayout`: a part outlives its layout, and a closure from in there would keep the layout before alive with
// it, and through that one all the layouts there ever were.

function runPart(members: readonly Uint8Array[], deflate: Deflate): Part {
  const bytes = concatBytes(members);
  return { members, bytes, packed: once(() => pack(bytes, deflate)) };
}

function slicePart(bytes: Uint8Array, packed: Packed): Part {
  return { members: [bytes], bytes, packed: () => Promise.resolve(packed) };
}

function layoutOf(parts: readonly Part[]): Layout {
  return {
    parts,
    packed: once(async () => {
      const packed = await Promise.all(parts.map((part) => part.packed()));
      return { deflated: packed.map(({ deflated }) => deflated), checksum: joinChecksums(packed) };
    }),
  };
}

function isMadeOf(part: Part, members: readonly Uint8Array[]): boolean {
  return part.members.length === members.length && members.every((member, index) => member === part.members[index]);
}

/**
 * Puts the blocks of all targets into the order of the exposition: family by family in the order of the catalogue, in each
 * its header and then its blocks.
 *
 * Small neighbours share a part, because hundreds of parts of a few lines each would compress badly and be written one by
 * one. Such a part is compressed at the first gzip scrape that needs it, not at the change: between two scrapes many
 * targets change, and each of them would compress the same run again.
 */
export function createLayout(input: LayoutInput): Layout {
  const { format, targets, without, previous, deflate, gzipPartMinBytes } = input;
  const known = new Map(previous?.parts.map((part) => [part.members[0], part]));
  const parts: Part[] = [];
  let run: Uint8Array[] = [];
  let runBytes = 0;

  function closeRun(): void {
    if (run.length === 0) {
      return;
    }
    const same = known.get(run[0]);
    parts.push(same !== undefined && isMadeOf(same, run) ? same : runPart(run, deflate));
    run = [];
    runBytes = 0;
  }

  function addToRun(bytes: Uint8Array): void {
    run.push(bytes);
    runBytes += bytes.byteLength;
  }

  for (const name of CATALOGUE.keys()) {
    const slices = without.has(name) ? [] : targets.flatMap(({ blocks }) => blocks.get(name)?.slices ?? []);
    const header = HEADER_BYTES[format].get(name);
    if (slices.length === 0 || header === undefined) {
      continue;
    }
    // A family whose values seldom change should not share a part with one that changes at every poll.
    if (runBytes >= gzipPartMinBytes) {
      closeRun();
    }
    addToRun(header);
    for (const { bytes, packed } of slices) {
      if (packed !== undefined) {
        closeRun();
        parts.push(slicePart(bytes, packed));
        continue;
      }
      addToRun(bytes);
      if (runBytes >= RUN_PARTS * gzipPartMinBytes) {
        closeRun();
      }
    }
  }
  closeRun();

  return layoutOf(parts);
}
