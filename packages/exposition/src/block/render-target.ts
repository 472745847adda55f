import { sampleText } from "../encode/sample-text.ts";
import type { FamilyRows } from "../encode/sample-text.ts";
import { TARGET_LABEL_NAMES } from "../catalogue/metric.ts";
import type { TargetLabels } from "../family/family.ts";
import type { Deflate } from "../gzip/deflate.ts";
import type { Block, Slice, TargetBlocks } from "./block.ts";
import { equalBytes } from "./bytes.ts";
import { SLICE_CHARACTERS } from "./render-turns.ts";
import type { RenderTurns } from "./render-turns.ts";
import type { Utf8Buffer } from "./utf8-buffer.ts";

/** Encoded at a time. */
const PIECE_CHARACTERS = 16_384;

/** A slice whose compression is still to be done. */
interface UnpackedSlice {
  readonly bytes: Uint8Array;
  /** Set on slices that are to be compressed alone. */
  readonly crc32: number | undefined;
}

type RenderedSlice = Slice | UnpackedSlice;

interface RenderedBlock {
  readonly samples: object;
  readonly slices: readonly RenderedSlice[];
}

/** The blocks of a target before compression: slices that have not changed are the previous ones. */
export interface RenderedTarget {
  readonly labels: TargetLabels;
  readonly blocks: ReadonlyMap<string, RenderedBlock>;
}

/** What the rendering of one target needs besides its families. */
export interface RenderContext {
  /** What is exposed now, to be kept where it is the same. */
  readonly previous: TargetBlocks | undefined;
  /** `false` once a newer call has overtaken this one. */
  readonly isCurrent: () => boolean;
  readonly deflate: Deflate;
  readonly gzipPartMinBytes: number;
  readonly turns: RenderTurns;
  /** Belongs to the work whose turn it is. */
  readonly buffer: Utf8Buffer;
}

function equalLabels(a: TargetLabels, b: TargetLabels): boolean {
  return TARGET_LABEL_NAMES.every((name) => a[name] === b[name]);
}

/** Replaces the previous slice only by a different one, so that what was made from it stays good. */
function renderSlice(bytes: Uint8Array, previous: Slice | undefined, context: RenderContext): RenderedSlice {
  if (bytes.byteLength < context.gzipPartMinBytes) {
    return previous !== undefined && equalBytes(bytes, previous.bytes) ? previous : { bytes, crc32: undefined };
  }
  const crc32 = context.deflate.crc32(bytes) >>> 0;
  // The checksum tells nearly all different slices apart without a look at each byte.
  return previous?.packed?.crc32 === crc32 && equalBytes(bytes, previous.bytes) ? previous : { bytes, crc32 };
}

/** Renders in slices; `undefined` when it was overtaken. To be called in a turn. */
export async function renderTarget(
  labels: TargetLabels,
  families: readonly FamilyRows[],
  context: RenderContext,
): Promise<RenderedTarget | undefined> {
  const { previous, isCurrent, turns, buffer } = context;
  const sameLabels = previous !== undefined && equalLabels(labels, previous.labels);
  const blocks = new Map<string, RenderedBlock>();
  for (const family of families) {
    const previousBlock = previous?.blocks.get(family.name);
    if (sameLabels && previousBlock?.samples === family.samples) {
      blocks.set(family.name, previousBlock);
      continue;
    }
    const slices: RenderedSlice[] = [];
    let characters = 0;
    const closeSlice = async (): Promise<void> => {
      slices.push(renderSlice(buffer.bytes(), previousBlock?.slices[slices.length], context));
      buffer.clear();
      const rendered = characters;
      characters = 0;
      await turns.rendered(rendered);
    };
    // The turn before may have ended in the middle.
    buffer.clear();
    for (const text of sampleText(family, PIECE_CHARACTERS)) {
      if (!isCurrent()) {
        return undefined;
      }
      // Encoding writes a lone surrogate as U+FFFD, as String.toWellFormed does. One byte that is not UTF-8 would lose the
      // whole scrape, and a name that reaches this point can no longer be refused.
      buffer.add(text);
      characters += text.length;
      if (characters >= SLICE_CHARACTERS) {
        await closeSlice();
      }
    }
    if (characters > 0) {
      await closeSlice();
    }
    blocks.set(family.name, { samples: family.samples, slices });
  }
  return { labels: { ...labels }, blocks };
}

async function packSlice(slice: RenderedSlice, deflate: Deflate): Promise<Slice> {
  if ("packed" in slice) {
    return slice;
  }
  const { bytes, crc32 } = slice;
  if (crc32 === undefined) {
    return { bytes, packed: undefined };
  }
  return { bytes, packed: { deflated: await deflate.deflateToFlush(bytes), crc32, byteLength: bytes.byteLength } };
}

/**
 * Compresses what is new in a rendered target; `undefined` when it was overtaken.
 *
 * One slice after the other: a large target must not fill the platform's few compression threads at once.
 */
export async function packTarget(
  rendered: RenderedTarget,
  isCurrent: () => boolean,
  deflate: Deflate,
): Promise<TargetBlocks | undefined> {
  const blocks = new Map<string, Block>();
  for (const [name, { samples, slices }] of rendered.blocks) {
    const packed: Slice[] = [];
    for (const slice of slices) {
      if (!isCurrent()) {
        return undefined;
      }
      packed.push(await packSlice(slice, deflate));
    }
    blocks.set(name, { samples, slices: packed });
  }
  return { labels: rendered.labels, blocks };
}
