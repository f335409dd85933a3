import { type Authority, type Credential, createAuthority, selfSigned } from "../certificates/authority.ts";
import { SITES } from "./places.ts";

/** Who an interceptor says issued its certificates. */
export const ISSUERS = {
  "state root": "Information Security Certification Authority, O=ISCA, C=KZ",
  "unknown box": "Gateway 7",
  antivirus: "Kaspersky Anti-Virus Personal Root Certificate",
} as const;
export type IssuerKind = keyof typeof ISSUERS | "self-signed";

/** Every certificate of the matrix, issued beforehand so that acts begin at once. */
export type Credentials = {
  authority: Authority;
  /** A certificate for a name by an authority that nobody trusts. */
  forged: (issuer: IssuerKind, name: string) => Credential;
  /** What the filter's own servers show. */
  ofFilter: Credential;
};

/** Issues everything. Sites that are intercepted are those of {@link SITES} marked so. */
export async function createCredentials(): Promise<Credentials> {
  const authority = await createAuthority("Kuager lab");
  const names = SITES.map(({ name }) => name);
  const forged = new Map<string, Credential>();
  for (const [kind, issuer] of Object.entries(ISSUERS)) {
    const interceptor = await createAuthority(issuer);
    for (const name of names) forged.set(`${kind} ${name}`, await interceptor.issue([name]));
  }
  for (const name of names) forged.set(`self-signed ${name}`, await selfSigned([name]));
  const fallback = await selfSigned(["filter.lab"]);
  return { authority, forged: (issuer, name) => forged.get(`${issuer} ${name}`) ?? fallback, ofFilter: fallback };
}
