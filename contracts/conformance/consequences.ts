/** Operations after which a phone rings, or a message is billed. */
const ringing: ReadonlySet<string> = new Set(["startCall", "requestCallPermission"]);

/** Operations after which settings or webhooks of the account are others. */
const changing: ReadonlySet<string> = new Set([
  "updateCallingSettings",
  "createWebhook",
  "updateWebhook",
  "deleteWebhook",
]);

/** Whether an operation may ring a phone or cost money, by its operationId; null is no operation. */
export function ringsPhone(operation: string | null): boolean {
  return ringing.has(operation ?? "");
}

/** Whether an operation changes the account. */
export function changesAccount(operation: string | null): boolean {
  return changing.has(operation ?? "");
}

const acting: ReadonlySet<string> = new Set([
  "acceptCall",
  "preAcceptCall",
  "rejectCall",
  "terminateCall",
  "playAudio",
  "createRealtimeSession",
]);

/** Whether an operation does something to a call that there is. */
export function actsOnCall(operation: string | null): boolean {
  return acting.has(operation ?? "");
}
