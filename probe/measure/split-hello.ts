import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** Long enough that the halves travel as two segments. */
const GAP_MS = 30;

/**
 * A stream over a TCP socket that sends the first write (the ClientHello) in two segments, cut in the middle of `sni`
 * (or of the write, when the name is not in it). A filter that reads single packets cannot see the name.
 */
export function splitHello(socket: Socket, sni: string): Duplex {
  let first = true;
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      if (!first) {
        socket.write(chunk, done);
        return;
      }
      first = false;
      const cut = cutAt(chunk, sni);
      socket.write(chunk.subarray(0, cut), () => {
        setTimeout(() => socket.write(chunk.subarray(cut), done), GAP_MS);
      });
    },
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (chunk) => {
    if (!stream.push(chunk)) socket.pause();
  });
  socket.on("end", () => stream.push(null));
  socket.on("error", (error) => stream.destroy(error));
  return stream;
}

function cutAt(hello: Buffer, sni: string): number {
  const at = hello.indexOf(sni, 0, "latin1");
  return at < 0 ? Math.ceil(hello.length / 2) : at + Math.ceil(sni.length / 2);
}
