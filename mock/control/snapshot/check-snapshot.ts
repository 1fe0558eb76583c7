import { controlResponseValidators } from "../../../spec/generated/control-response-validators.js";
import { responseValidators } from "../../../spec/generated/response-validators.js";
import type { Validator } from "../../../spec/generated/validator.ts";
import { callDto } from "../../api/dto/call.ts";
import { isOpen } from "../../domain/call.ts";
import { emptyState, type MutableWorldState } from "../../domain/state.ts";
import { contactDto } from "../dto/contact.ts";
import { sandboxNumberDto } from "../dto/number.ts";

/** Where a snapshot doesn't fit, in the words of the control API. */
export interface Misfit {
  readonly path: string;
  readonly message: string;
}

/**
 * Finds what is wrong with a state that was read from a snapshot: its shape, each record (shown as the API would show
 * it, and held against the spec), and how the records belong together. Nothing is changed.
 *
 * @param state what was read
 * @param written what it was read from: reading fills in what is missing
 */
export function checkSnapshot(state: MutableWorldState, written: object): readonly Misfit[] {
  const shape = checkShape(state, written);
  if (shape.length > 0) return shape;
  try {
    return [...checkRecords(state), ...checkBonds(state)].slice(0, 20);
  } catch (error) {
    return [{ path: "state", message: `can't be read: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

/** Every part that a state has must be there, and be a map where it is one. */
function checkShape(state: MutableWorldState, written: object): Misfit[] {
  const found = new Map<string, unknown>(Object.entries(state));
  return Object.entries(emptyState(state.source)).flatMap(([name, example]) => {
    const path = `state.${name}`;
    if (name !== "calls" && !Object.hasOwn(written, name)) return [{ path, message: "is missing" }];
    const kind = kindOf(found.get(name));
    return kind === kindOf(example) ? [] : [{ path, message: `must be a ${kindOf(example)}, but is a ${kind}` }];
  });
}

function kindOf(value: unknown): string {
  if (value instanceof Map) return "map";
  return value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
}

function checkRecords(state: MutableWorldState): Misfit[] {
  const misfits: Misfit[] = [];
  const hold = (path: string, validator: Validator | undefined, record: unknown) => {
    if (validator === undefined || validator(record)) return;
    const [error] = validator.errors ?? [];
    misfits.push({ path, message: `${error?.instancePath ?? ""} ${error?.message ?? "is not valid"}`.trim() });
  };
  let index = 0;
  for (const call of state.calls.all()) hold(`calls[${index++}]`, responseValidators.getCall["200"], callDto(call));
  for (const [id, number] of state.numbers) {
    hold(`state.numbers.${id}`, controlResponseValidators.addNumber["201"], sandboxNumberDto(state, number));
  }
  for (const phone of state.contacts.keys()) {
    hold(
      `state.contacts.${phone}`,
      controlResponseValidators.putContact["200"],
      contactDto(state, phone, state.startedAt),
    );
  }
  return misfits;
}

function checkBonds(state: MutableWorldState): Misfit[] {
  const misfits: Misfit[] = [];
  let index = 0;
  for (const call of state.calls.all()) {
    const path = `calls[${index++}]`;
    if (!state.numbers.has(call.numberId)) misfits.push({ path, message: "belongs to a number that is not in it" });
    if (isOpen(call) !== state.live.has(call.id))
      misfits.push({ path, message: `is ${call.status}, and state.live says otherwise` });
  }
  for (const [key, { numberId }] of state.pairs) {
    if (!state.numbers.has(numberId))
      misfits.push({ path: `state.pairs.${key}`, message: "belongs to a number that is not in it" });
  }
  for (const id of state.numbers.keys()) {
    if (!state.traffic.has(id)) misfits.push({ path: `state.traffic.${id}`, message: "is missing" });
  }
  for (const { token, callId } of state.tokens.values()) {
    if (!state.live.has(callId))
      misfits.push({ path: `state.tokens.${token}`, message: "belongs to a call that is over" });
  }
  return misfits;
}
