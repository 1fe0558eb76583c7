import { nodeMistake } from "./node-version.ts";

// Nothing else is imported here before the check: what an old Node lacks would break while it loads, without a reason.
const mistake = nodeMistake(process.version);
if (mistake === null) {
  // Not awaited: the first Nodes with modules could not even read this file.
  void import("./command-line.ts");
} else {
  console.error(mistake);
  process.exitCode = 2;
}
