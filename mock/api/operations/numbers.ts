import { refuse } from "../../domain/refusals/refusal.ts";
import { unboundKey } from "../authorise.ts";
import { connection, numberDto } from "../dto/number.ts";
import type { KeyHandler, KeyRequest } from "../handler.ts";
import { answered, declined } from "../outcome.ts";

/** `GET /v1/numbers` */
export const listNumbers: KeyHandler<"listNumbers"> = (request) => {
  if (request.key.scope === "unbound") return declined(unboundKey());
  const { state } = request.place.world;
  return answered(numbersInReach(request).map((number) => numberDto(state, number)));
};

/** `GET /v1/numbers/{id}/status` */
export const getNumberStatus: KeyHandler<"getNumberStatus"> = (request) => {
  if (request.key.scope === "unbound") return declined(unboundKey());
  const number = numbersInReach(request).find(({ id }) => id === request.path.id);
  if (number !== undefined) return answered({ id: number.id, ...connection(number) });
  const refusal = refuse("NUMBER_NOT_FOUND", {
    message: `This key reaches no number ${JSON.stringify(request.path.id.slice(0, 80))}. GET /v1/numbers lists those it does.`,
    behaviour: "NUM-013",
  });
  // The same code has status 400 on the calls endpoints (pilot-status §8 row 19).
  return declined({ ...refusal, status: 404 });
};

/** A number's key sees its own number, the tenant's all of them (NUM-009, NUM-010). */
function numbersInReach({ place, key }: Pick<KeyRequest<"listNumbers">, "place" | "key">) {
  const all = [...place.world.state.numbers.values()];
  return key.scope === "number" ? all.filter(({ id }) => id === key.numberId) : all;
}
