import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "./metrics.ts";

const DEADLINE_MS = 10_000;
const HEADERS_BYTES = 8 * 1024;

/**
 * The private port: `/metrics` for Prometheus, `/healthz` (the process runs) and `/readyz` (it takes and answers). It
 * listens before the store is opened, so that a start that takes minutes can be watched.
 */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer({ maxHeaderSize: HEADERS_BYTES, requestTimeout: DEADLINE_MS }, (request, response) => {
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "text/plain", "GET only\n");
    answer(metrics, (request.url ?? "").split("?")[0] ?? "", response).catch(() =>
      end(response, 500, "text/plain", "the metrics could not be read\n"),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    // A TCP server that listens has such an address.
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer({ registry, ready }: Metrics, path: string, response: ServerResponse): Promise<void> {
  switch (path) {
    case "/metrics":
      return end(response, 200, registry.contentType, await registry.metrics());
    case "/healthz":
      return end(response, 200, "application/json", JSON.stringify({ ok: true }));
    case "/readyz":
      return end(response, ready.is ? 200 : 503, "application/json", JSON.stringify({ ready: ready.is }));
    default:
      return end(response, 404, "text/plain", "there are /metrics, /healthz and /readyz\n");
  }
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}
