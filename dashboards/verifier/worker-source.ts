/** The packed worker, as text; the build (bin/verifier.mjs) puts it in. */
const source = "";
export default source;
