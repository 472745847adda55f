import type { TargetBlocks } from "./block/block.ts";
import { concatBytes, totalByteLength } from "./block/bytes.ts";
import { createLayout } from "./block/layout.ts";
import type { Layout } from "./block/layout.ts";
import { packTarget, renderTarget } from "./block/render-target.ts";
import { createRenderTurns } from "./block/render-turns.ts";
import { selfBytes, selfSamples, sharedFamilies } from "./block/self-bytes.ts";
import { targetFamilies } from "./block/target-families.ts";
import { createUtf8Buffer } from "./block/utf8-buffer.ts";
import type { ExpositionFormat } from "./encode/exposition-format.ts";
import type { Exposition, ExpositionOptions, Scrape, ScrapeOptions, SelfFamily } from "./exposition.ts";
import { GZIP_HEADER, gzipTrailer, joinChecksums, pack } from "./gzip/packed.ts";

/** In the order of their keys. */
type Targets = readonly TargetBlocks[];

const DEFAULT_GZIP_PART_MIN_BYTES = 16_384;
const NO_FAMILIES: readonly SelfFamily[] = [];

function zeroTimeout(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/**
 * Bodies up to this size are handed out in one piece: joining them once, in a fraction of a millisecond, is cheaper than writing them
 * piece by piece at every scrape.
 */
const JOINED_BYTES = 1_048_576;

function scrapeOf(parts: readonly Uint8Array[]): Scrape {
  const byteLength = totalByteLength(parts);
  return { parts: byteLength <= JOINED_BYTES ? [concatBytes(parts)] : parts, byteLength };
}

/**
 * Keeps the exposition of all targets as bytes, so that a scrape joins what is there instead of making it.
 *
 * A change renders and compresses only the target it concerns; a scrape renders only the self metrics. The gzip body is
 * one member whose parts are the compressed stretches.
 *
 * @example
 * const exposition = createExposition({ deflate });
 * await exposition.setTarget("fc2/1234567890123456/cn-hangzhou", {
 *   labels: { account_id: "1234567890123456", region_id: "cn-hangzhou", fc_version: "2" },
 *   families: [{ name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] }],
 * });
 * const { parts } = await exposition.scrape({ format: "text", encoding: "identity" });
 */
export function createExposition({
  deflate,
  zstdCompress,
  yieldToLoop = zeroTimeout,
  gzipPartMinBytes = DEFAULT_GZIP_PART_MIN_BYTES,
}: ExpositionOptions): Exposition {
  const turns = createRenderTurns(yieldToLoop);
  const buffer = createUtf8Buffer();
  const targetsByKey = new Map<string, TargetBlocks>();
  /** The newest call for each key that is still under way. */
  const ticketsByKey = new Map<string, symbol>();
  let sortedTargets: Targets | undefined;
  const layouts = new Map<ExpositionFormat, { of: Targets; without: string; layout: Layout }>();
  const scrapes = new Map<string, { of: Targets; self: readonly SelfFamily[]; scrape: Promise<Scrape> }>();

  /** The same array until a target changes. */
  function presentTargets(): Targets {
    sortedTargets ??= [...targetsByKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
    return sortedTargets;
  }

  function layoutOf(format: ExpositionFormat, targets: Targets, without: ReadonlySet<string>): Layout {
    const previous = layouts.get(format);
    const withoutNames = [...without].join();
    if (previous?.of === targets && previous.without === withoutNames) {
      return previous.layout;
    }
    const layout = createLayout({ format, targets, without, previous: previous?.layout, deflate, gzipPartMinBytes });
    layouts.set(format, { of: targets, without: withoutNames, layout });
    return layout;
  }

  /** Takes all it needs from the present state before it waits for the first time. */
  async function assemble(
    { format, encoding, self = NO_FAMILIES }: ScrapeOptions,
    targets: Targets,
    layoutFor: (without: ReadonlySet<string>) => Layout,
  ): Promise<Scrape> {
    const samplesByName = selfSamples(self);
    const shared = sharedFamilies(samplesByName, targets);
    const layout = layoutFor(shared);
    const end = selfBytes(samplesByName, shared, targets, format);
    const plain = [...layout.parts.map(({ bytes }) => bytes), end];
    if (encoding === "identity") return scrapeOf(plain);
    if (encoding === "zstd") {
      if (zstdCompress === undefined) {
        throw new TypeError("There is no zstd without zstdCompress. Negotiate gzip instead.");
      }
      return scrapeOf([await zstdCompress(concatBytes(plain))]);
    }
    const [body, packedEnd] = await Promise.all([layout.packed(), pack(end, deflate)]);
    const trailer = gzipTrailer(joinChecksums([body.checksum, packedEnd]));
    return scrapeOf([GZIP_HEADER, ...body.deflated, packedEnd.deflated, trailer]);
  }

  function scrapeTarget(options: ScrapeOptions, key: string): Promise<Scrape> {
    const { format } = options;
    const target = targetsByKey.get(key);
    const targets = target === undefined ? [] : [target];
    return assemble(options, targets, (without) =>
      createLayout({ format, targets, without, previous: undefined, deflate, gzipPartMinBytes }),
    );
  }

  return {
    async setTarget(key, target) {
      const families = targetFamilies(target);
      const ticket = Symbol(key);
      ticketsByKey.set(key, ticket);
      const isCurrent = (): boolean => ticketsByKey.get(key) === ticket;
      try {
        const context = { isCurrent, deflate, gzipPartMinBytes, turns, buffer };
        const rendered = await turns.inTurn(async () => {
          const previous = targetsByKey.get(key);
          return isCurrent() ? renderTarget(target.labels, families, { ...context, previous }) : undefined;
        });
        const packed = rendered && (await packTarget(rendered, isCurrent, deflate));
        if (packed === undefined || !isCurrent()) {
          return "superseded";
        }
        targetsByKey.set(key, packed);
        sortedTargets = undefined;
        return "published";
      } finally {
        if (isCurrent()) {
          ticketsByKey.delete(key);
        }
      }
    },

    removeTarget(key) {
      ticketsByKey.delete(key);
      if (targetsByKey.delete(key)) {
        sortedTargets = undefined;
      }
    },

    scrape(options) {
      const { format, encoding, self = NO_FAMILIES, target } = options;
      if (target !== undefined) return scrapeTarget(options, target);
      const kind = `${format} ${encoding}`;
      const targets = presentTargets();
      const last = scrapes.get(kind);
      if (last?.of === targets && last.self === self) {
        return last.scrape;
      }
      const scrape = assemble(options, targets, (without) => layoutOf(format, targets, without));
      const entry = { of: targets, self, scrape };
      scrapes.set(kind, entry);
      scrape.catch(() => {
        if (scrapes.get(kind) === entry) {
          scrapes.delete(kind);
        }
      });
      return scrape;
    },
  };
}
