/** The version of this package; a test compares it with package.json, so that browsers need not read a file. */
export const version = "0.1.0";
