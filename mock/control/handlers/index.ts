import type { ControlHandlers } from "../handler.ts";
import { advanceClock, getClock, setClock } from "./clock.ts";
import { listDeliveries, redeliver } from "./deliveries.ts";
import { addFault, deleteFault, deleteFaults, listFaults } from "./faults.ts";
import { getBilling, getHealth, getTimeline, listRequests, streamEvents } from "./inspect.ts";
import { getAudio, getMedia } from "./media.ts";
import { addNumber, updateNumber } from "./numbers.ts";
import { provideMessage, setUpProviderState } from "./pact.ts";
import { actAsPerson, createInboundCall, putContact, replyToPermissionRequest } from "./people.ts";
import { getSnapshot, putSnapshot } from "./snapshot.ts";
import { createWorld, deleteWorld, getWorld, resetWorld, updateWorld } from "./worlds.ts";

/** Every operation of the control API, by operationId. */
export const controlHandlers: ControlHandlers = {
  getHealth,
  createWorld,
  getWorld,
  updateWorld,
  deleteWorld,
  resetWorld,
  addNumber,
  updateNumber,
  createInboundCall,
  actAsPerson,
  putContact,
  replyToPermissionRequest,
  getClock,
  setClock,
  advanceClock,
  listFaults,
  addFault,
  deleteFaults,
  deleteFault,
  listRequests,
  streamEvents,
  getSnapshot,
  putSnapshot,
  listDeliveries,
  redeliver,
  getTimeline,
  getBilling,
  getMedia,
  getAudio,
  setUpProviderState,
  provideMessage,
};
