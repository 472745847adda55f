import type { Tracer } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from "@opentelemetry/sdk-trace";

const EXPORT_TIMEOUT_MS = 5000;

export interface OtlpTracerOptions {
  /** Where spans are sent, path included. */
  readonly url: string;
  readonly version: string;
  /** Told when the collector cannot be reached or refuses, once until it takes spans again. */
  readonly onError: (error: Error) => void;
}

/** A tracer, and how to end it. */
export interface OtlpTracer {
  readonly tracer: Tracer;
  /** Sends what is left, as far as the collector takes it. Never rejects. */
  readonly shutdown: () => Promise<void>;
}

/** Spans to a collector over OTLP/HTTP, as JSON, in batches. Headers come from `OTEL_EXPORTER_OTLP_HEADERS`, as everywhere. */
export function createOtlpTracer({ url, version, onError }: OtlpTracerOptions): OtlpTracer {
  let isFailing = false;
  const told = (error: Error | undefined): void => {
    if (error !== undefined && !isFailing) onError(error);
    isFailing = error !== undefined;
  };
  const collector = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  const exporter = tellingExporter(collector, told);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "fc-async-exporter", "service.version": version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  return {
    tracer: provider.getTracer("fc-async-exporter", version),
    async shutdown() {
      try {
        await provider.shutdown();
      } catch (error) {
        // Mostly what the exporter has told already.
        told(error instanceof Error ? error : new Error(String(error)));
      }
    },
  };
}

/** The library says nothing of a collector that takes no spans. */
function tellingExporter(exporter: SpanExporter, told: (error: Error | undefined) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        told(result.error);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
