import { answered, declined } from "../../api/outcome.ts";
import type { NumberChange } from "../../domain/number.ts";
import { parsePhone } from "../../domain/phone.ts";
import { randomKey } from "../../world/random-key.ts";
import { sandboxNumberDto } from "../dto/number.ts";
import { numberNamed, phoneIn, placeNamed, refuseScript } from "../find.ts";
import type { ControlHandler, ControlRequest } from "../handler.ts";

/** `POST /_sandbox/worlds/{w}/numbers` */
export const addNumber: ControlHandler<"addNumber"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const unknownScript = refuseScript(sandbox.scripts, body.script);
  if (unknownScript !== null) return declined(unknownScript);
  const phone = phoneIn("number", body.number);
  if (!phone.ok) return phone;
  const { world } = found.place;
  const secret = randomKey(world.state);
  const { provider, number: _number, ...change } = body;
  const decision = world.dispatch({
    type: "addNumber",
    provider,
    number: phone.phone,
    secret,
    change: changeOf(change),
  });
  if (!decision.ok) return declined(decision.refusal);
  const added = decision.events.find((event) => event.type === "number.added");
  if (added === undefined) throw new Error("addNumber was decided without a number.added event");
  return answered(sandboxNumberDto(world.state, added.number));
};

/** `PATCH /_sandbox/worlds/{w}/numbers/{id}` */
export const updateNumber: ControlHandler<"updateNumber"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const named = numberNamed(found.place, path.id);
  if (!named.ok) return named;
  const unknownScript = refuseScript(sandbox.scripts, body.script);
  if (unknownScript !== null) return declined(unknownScript);
  const { world } = found.place;
  const decision = world.dispatch({ type: "updateNumber", numberId: named.number.id, change: changeOf(body) });
  if (!decision.ok) return declined(decision.refusal);
  return answered(sandboxNumberDto(world.state, world.state.numbers.get(named.number.id) ?? named.number));
};

/** The body is the domain's own change, but for the spelling of phone numbers. */
function changeOf({ allowList, ...change }: ControlRequest<"updateNumber">["body"]): NumberChange {
  if (allowList === undefined) return change;
  return { ...change, allowList: allowList.map((phone) => parsePhone(phone) ?? phone) };
}
