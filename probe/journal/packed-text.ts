import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LIMITS } from "../../protocol/limits.ts";

/**
 * What entries have in common, in the order of canonical JSON; the commonest last, where deflate reaches it cheapest.
 * Part of the format: packed entries open with these very bytes only. Another text gets another number below.
 */
const SHARED = Buffer.from(
  [
    '{"at":"2026-11-28T04:00:00.000Z","body":{"power":"mains","previous":{"boot":"","boundMs":31000,"end":"unclean","how":"power-or-reboot","lastAliveAt":"',
    '"},"software":"kuager/0.1.0","uptimeS":',
    '"body":{"beats":10,"from":"","fromMono":,"power":"mains","to":"","toMono":},"kind":"alive",',
    '{"carrier":true,"checks":{"domestic":[{"failure":null,"id":"","ms":,"ok":true},{"failure":null,"id":"","ms":,"ok":true}],"foreign":[{"failure":null,"id":"","ms":,"ok":true}],"gateway":{"failure":null,"ms":,"ok":true},"resolver":{"failure":null,"ms":,"ok":true},"whitelist":[]},"collector":[{"failure":null,"ok":true,"route":"https://"}],"condition":"open","defaultRoutes":1,"family":"v4","medium":"ethernet","portal":false,"ports":{"tcp/179":null,"tcp/3785":null,"tcp/443":null,"tcp/80":null,"udp/443":null,"udp/53":null},"since":"","sinceMono":,"state":"international","vpn":false},"kind":"link",',
    '"generic_timeout_error","connection_reset","connection_refused","host_unreachable","network_unreachable","dns_nxdomain_error","interrupted","ssl_unknown_authority","ssl_invalid_hostname"',
    '"purpose":"sni-control","purpose":"alt-address","purpose":"no-sni","purpose":"split-hello","reason":',
    '],"durationMs":,"http":[{"bodyBytes":,"bodySha256":"","durationMs":,"failure":null,"headers":{"cache-control":"no-cache","content-encoding":"gzip","content-type":"text/html; charset=utf-8","date":"Sat, 28 Nov 2026 04:00:00 GMT","server":"nginx","server":"cloudflare","strict-transport-security":"max-age=31536000; includeSubDomains","transfer-encoding":"chunked"},"id":,"location":null,"startMs":,"status":200,"tcp":,"title":"","tls":,"truncated":true,"truncated":false,"ttfbMs":,"url":"https://www.","wireBytes":}],"round":"","target":"","tcp":[{"durationMs":,"failure":null,"id":,"ip":"","port":443,"startMs":}],"tls":[{"alpn":"h2","alpn":"http/1.1","answered":true,"chain":["","",""],"durationMs":,"failure":null,"id":,"leaf":{"issuer":"CN=R12,O=Let\'s Encrypt,C=US","notAfter":"2027-00-00T00:00:00.000Z","notBefore":"2026-00-00T00:00:00.000Z","sans":["*.","www."],"subject":"CN="},"purpose":"target","sni":"","startMs":,"tcp":,"trusted":true,"version":"TLSv1.3"}],"url":"https://',
    '{"answers":[{"data":"","ttl":null,"type":"A"}],"durationMs":,"failure":null,"id":,"late":[],"name":"","rcode":null,"resolver":"os","server":null,"startMs":,"transport":"os","type":"A"},',
    '"resolver":"doh:dns.google","server":"https://dns.google/dns-query","resolver":"doh:cloudflare-dns.com","server":"https://cloudflare-dns.com/dns-query","startMs":,"transport":"https","type":"A"},',
    '{"answers":[{"data":"","ttl":300,"type":"A"},{"data":"","ttl":60,"type":"A"}],"durationMs":,"failure":null,"id":,"late":[],"name":"","rcode":"NOERROR","resolver":"udp:8.8.8.8","server":"8.8.8.8:53","resolver":"udp:1.1.1.1","server":"1.1.1.1:53","startMs":,"transport":"udp","type":"AAAA"},{"answers":[],"durationMs":,"failure":"dns_no_answer","id":,"late":[],"name":"","rcode":"NOERROR","resolver":"system","server":"192.168.1.1:53","startMs":,"transport":"udp","type":"A"},',
    '"},"boot":"","clock":{"boundMs":,"driftPpm":,"offsetMs":,"source":"collector"},"kind":"web","mono":,"prev":"","probe":"","seq":,"v":1}',
  ].join(""),
);

/** First byte of what is stored: how it is packed. */
const FORM = 1;
/** A small window and state: texts are short, and each call takes its memory anew. */
const HOW = { dictionary: SHARED, windowBits: 14, memLevel: 6 } as const;

/** An entry's text as it is stored: a fifth of its length or less, which spares SD cards and makes long cuts fit. */
export function packText(text: string): Buffer {
  return Buffer.concat([Buffer.of(FORM), deflateRawSync(text, HOW)]);
}

/** The text of {@link packText}; an empty one, which has no entry's hash, where it cannot be read. */
export function unpackText(stored: Uint8Array): string {
  if (stored[0] !== FORM) return "";
  try {
    const options = { dictionary: SHARED, windowBits: 15, maxOutputLength: LIMITS.entryBytes * 2 };
    return inflateRawSync(stored.subarray(1), options).toString("utf8");
  } catch {
    return "";
  }
}
