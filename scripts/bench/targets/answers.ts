/** What the bare servers answer: a call of the same size as the sandbox's own. */
export const call = {
  id: "call_01KDVT9Q6QYBX9QK3R4ZJ5N8WD",
  externalCallId: "5E1D3C7A9B2F4E6D8C0A1B3D5F7E9C2A",
  direction: "OUTBOUND",
  status: "COMPLETED",
  peerNumber: "5511910000000",
  fromNumber: "551140000002",
  conversationId: "conv_01KDVT9Q6QYBX9QK3R4ZJ5N8WD",
  bizOpaqueCallbackData: null,
  startedAt: "2026-01-01T00:00:00.000Z",
  connectedAt: "2026-01-01T00:00:00.000Z",
  endedAt: "2026-01-01T00:00:00.000Z",
  durationSeconds: 0,
  errorCode: null,
  errorMessage: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

export const started = { id: call.id, externalCallId: call.externalCallId, status: "INITIATED" };
