/** Name and version of this program: in records, on the wire, and as --version tells it (the version of package.json). */
export const SOFTWARE = "kuager/0.1.0";
