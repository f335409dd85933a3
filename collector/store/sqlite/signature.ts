import type { Engine } from "./engine.ts";

export const SIGNATURE_SQL = {
  add: "INSERT INTO signature (probe, seq, hash, signature) VALUES (?, ?, ?, ?) ON CONFLICT (probe, seq) DO NOTHING",
  of: "SELECT seq, hash, signature FROM signature WHERE probe = ? ORDER BY seq",
};

export type SignatureRow = { seq: number; hash: string; signature: string };

/** Signatures of batches: each covers the entry with its hash and all before it. For use inside transactions. */
export function signatureTable({ db }: Engine) {
  const add = db.prepare<[string, number, string, string]>(SIGNATURE_SQL.add);
  const of = db.prepare<[string], SignatureRow>(SIGNATURE_SQL.of);
  return {
    add: (probe: string, row: SignatureRow) => void add.run(probe, row.seq, row.hash, row.signature),
    of: (probe: string) => of.all(probe),
  };
}

export type SignatureTable = ReturnType<typeof signatureTable>;
