/** A proxy that holds what passes against the document. */
export { type Finding, sideOf } from "./inspector.ts";
export { type ProxyOptions, type RunningProxy, startProxy } from "./proxy.ts";
export { reach } from "./reach.ts";
export type { Place, Summary } from "./tally.ts";
export { readTarget, type Target, TargetError } from "./target.ts";
