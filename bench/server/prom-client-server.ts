/**
 * What one writes first: a prom-client registry, rendered at each scrape, compressed by node:zlib at the level that ours is. It holds
 * the series of the exposition in the file that is named, all of them as gauges, and sends its port once it listens.
 */
import { readFileSync } from "node:fs";
import { registryOf } from "./registry-of.ts";
import { servePromClient } from "./serve-prom-client.ts";

const [file = ""] = process.argv.slice(2);
servePromClient(registryOf(readFileSync(file, "utf8")));
