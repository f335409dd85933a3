/** What the analysis knows beyond records, as text; the build (bin/verifier.mjs) puts it in. */
const knowledge = '{"knowledge":{},"regions":[]}';
export default knowledge;
