import type { ControlHandlers } from "../handler.ts";
import { advanceClock, getClock, setClock } from "./clock.ts";
import { getBilling, getHealth, getTimeline, listRequests } from "./inspect.ts";
import { addNumber, updateNumber } from "./numbers.ts";
import { actAsPerson, createInboundCall, putContact, replyToPermissionRequest } from "./people.ts";
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
  listRequests,
  getTimeline,
  getBilling,
};
