import { isMap, pathOf, pathText } from "../../mock/config/path.ts";
import { eventOf } from "../../mock/pact/index.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import { partialResponseValidators } from "../../spec/generated/partial-response-validators.js";
import { partialWebhookValidators } from "../../spec/generated/partial-webhook-validators.js";
import type { ValidationError, Validator } from "../../spec/generated/validator.ts";
import type { Departure, ReceivedResponse } from "../exchange/exchange.ts";
import { findOperation } from "../exchange/find-operation.ts";
import { judgeRequest } from "../exchange/judge.ts";
import { allowedText, allowedValues } from "./allowed-values.ts";
import type { HttpInteraction, Interaction, MessageInteraction, Pact } from "./pact.ts";

/** What an interaction asks or expects that the document does not have. */
export interface OutsideSpec {
  readonly source: string;
  readonly description: string;
  readonly departures: readonly Departure[];
}

/** Compares pacts with the OpenAPI document. A consumer may expect less than it says, but nothing else. */
export async function outsideSpec(pacts: readonly Pact[]): Promise<readonly OutsideSpec[]> {
  const found: OutsideSpec[] = [];
  for (const { source, interactions } of pacts) {
    for (const interaction of interactions) {
      const departures = await departuresOf(interaction);
      if (departures.length > 0) found.push({ source, description: interaction.description, departures });
    }
  }
  return found;
}

async function departuresOf(interaction: Interaction): Promise<readonly Departure[]> {
  return interaction.kind === "http" ? httpDepartures(interaction) : messageDepartures(interaction);
}

async function httpDepartures({ request, response }: HttpInteraction): Promise<readonly Departure[]> {
  const { operation } = findOperation(request.method, request.target);
  const asked = await judgeRequest(request);
  if (operation === null) return asked;
  // Whoever expects a refusal has asked for it.
  return [...(response.status >= 400 ? [] : asked), ...expectedDepartures(operation, response)];
}

const answers: Readonly<Record<string, Readonly<Record<string, Validator>>>> = partialResponseValidators;

function expectedDepartures(operation: OperationSpec, response: ReceivedResponse): readonly Departure[] {
  const { status, headers, body } = response;
  const validator = answers[operation.id]?.[String(status)];
  if (validator === undefined && status !== operation.successStatus) {
    return [departure("", `the status ${status} is not documented for ${operation.id}`)];
  }
  const type = headers["content-type"];
  const json = body === null ? undefined : jsonOf(body);
  return [
    ...(type === undefined || /^application\/json\b/i.test(type)
      ? []
      : [departure("", `the content type is application/json, not ${type}`)]),
    ...(validator === undefined || json === undefined ? [] : partialDepartures(validator, json)),
    ...unlistedCode(operation, status, json),
  ];
}

function unlistedCode(operation: OperationSpec, status: number, body: unknown): readonly Departure[] {
  if (status < 400 || !isMap(body) || typeof body["code"] !== "string") return [];
  const { code } = body;
  if ((operation.errorCodes[String(status)] ?? []).some((listed) => listed === code)) return [];
  return [departure("code", `${code} is not listed for ${operation.id} with status ${status}`)];
}

function messageDepartures({ description, contents }: MessageInteraction): readonly Departure[] {
  const event = eventOf(description);
  return event === undefined || contents === null ? [] : partialDepartures(partialWebhookValidators[event], contents);
}

function partialDepartures(validator: Validator, body: unknown): readonly Departure[] {
  if (validator(body)) return [];
  const errors = validator.errors ?? [];
  // That none of several schemas fits says less than what is wrong with them.
  const telling = errors.filter(({ keyword }) => keyword !== "anyOf" && keyword !== "oneOf");
  const all = telling.length === 0 ? errors : telling;
  const departures = all.map((error) => {
    const { instancePath, params, message } = error;
    const extra = params["additionalProperty"] ?? params["unevaluatedProperty"];
    const path = [...pathOf(instancePath, body), ...(typeof extra === "string" ? [extra] : [])];
    const place = path.length === 0 ? "" : pathText(path);
    if (typeof extra === "string") return departure(place, "is not a field that the document knows");
    const values = namesValues(error) ? allowedValues(all.filter((each) => each.instancePath === instancePath)) : null;
    return departure(place, values === null ? (message ?? "is not valid") : allowedText(values));
  });
  return [...new Map(departures.map((each) => [`${each.path} ${each.message}`, each])).values()];
}

function namesValues({ keyword }: ValidationError): boolean {
  return keyword === "enum" || keyword === "const";
}

function departure(path: string, message: string): Departure {
  return { in: "response", path, message };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
