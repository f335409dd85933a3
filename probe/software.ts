/** Name and version of this program as it stands in records and on the wire (the version of package.json). */
export const SOFTWARE = "kuager/0.1.0";
