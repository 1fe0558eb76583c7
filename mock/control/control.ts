import { type ControlOperationId, controlOperations } from "../../spec/generated/operations.ts";
import type { BodyOf, PathOf, QueryOf, SuccessOf } from "../api/contract.ts";
import type { Refusal } from "../domain/refusals/refusal.ts";
import type { Sandboxed } from "./handler.ts";
import { type ControlInput, runControl } from "./serve-control.ts";

/** Path, query and body of a control operation in one flat object; the world is `default` unless `w` names another. */
export type ControlArguments<Id extends ControlOperationId> = Omit<PathOf<Id>, "w"> & {
  readonly w?: string;
} & QueryOf<Id> &
  Fields<BodyOf<Id>>;

/** The fields of a body; an operation without one adds none. */
type Fields<Body> = [Exclude<Body, undefined>] extends [never] ? unknown : Exclude<Body, undefined>;

/** The control API for programs in the same process: one method per operation of spec/control.yaml. */
export type Control = {
  readonly [Id in ControlOperationId]: (request?: ControlArguments<Id>) => Promise<SuccessOf<Id>>;
};

/** A control operation that was refused; the same code and text that the control API answers over HTTP. */
export class ControlRefused extends Error {
  override readonly name = "ControlRefused";
  readonly code: string;
  readonly status: number;
  readonly behaviour: string;
  readonly details: Refusal["details"];

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.code = refusal.code;
    this.status = refusal.status;
    this.behaviour = refusal.behaviour;
    this.details = refusal.details;
  }
}

/** Whether something thrown is a refusal, also one of another copy of this module: a bundle brings its own class. */
export function isControlRefused(error: unknown): error is ControlRefused {
  return error instanceof Error && error.name === "ControlRefused";
}

/**
 * Makes the in-process control API.
 *
 * @throws ControlRefused from its methods, when an operation is refused
 * @example await control.putContact({ phone: "+5511988887777", permission: "permanent" })
 */
export function createControl(sandbox: Sandboxed): Control {
  return controlBy(async (id, input) => {
    const outcome = await runControl(sandbox, id, input);
    if (!outcome.ok) throw new ControlRefused(outcome.refusal);
    return outcome.body;
  });
}

/** Makes the same methods of whatever can run an operation, here or behind an address. */
export function controlBy(run: (id: ControlOperationId, input: ControlInput) => Promise<unknown>): Control {
  const ids = Object.keys(controlOperations) as ControlOperationId[];
  // Each method has the type that its operation's part of the spec gives it; who runs the operation checks the values.
  return Object.fromEntries(
    ids.map((id) => [id, async (request: Readonly<Record<string, unknown>> = {}) => run(id, split(id, request))]),
  ) as unknown as Control;
}

/** Sorts a flat object into path, query and body by the names that the spec gives the parameters. */
function split(id: ControlOperationId, request: Readonly<Record<string, unknown>>): ControlInput {
  const path: Record<string, string> = { w: "default" };
  const query: Record<string, string | number | boolean> = {};
  const body: Record<string, unknown> = {};
  const operation = controlOperations[id];
  const places = new Map<string, string>(operation.parameters.map((parameter) => [parameter.name, parameter.in]));
  for (const [name, value] of Object.entries(request)) {
    if (places.get(name) === "path") path[name] = String(value);
    else if (places.get(name) === "query") query[name] = typeof value === "number" ? value : String(value);
    else body[name] = value;
  }
  return { path, query, body: operation.body === null ? undefined : body };
}
