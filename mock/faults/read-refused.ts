import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { catalogue } from "../domain/refusals/catalogue.ts";
import {
  isMetaErrorCode,
  isMetaRefusalCode,
  type MetaErrorCode,
  type MetaRefusalCode,
  metaErrors,
} from "../domain/refusals/meta-errors.ts";
import type { FaultBody, FaultEffect, FaultMistake } from "./rule.ts";

type GatewayCode = keyof typeof catalogue;

/** Codes that some operation of the Calls API can answer; the control API's own are not for its clients. */
const apiCodes: ReadonlySet<string> = new Set(
  Object.values<OperationSpec>(apiOperations).flatMap(({ errorCodes }) => Object.values(errorCodes).flat()),
);
const metaCodes = (Object.keys(metaErrors).map(Number) as MetaErrorCode[]).filter(isMetaRefusalCode);
const metaByName = new Map<string, MetaRefusalCode>(metaCodes.map((code) => [metaErrors[code].name, code]));

/** Every code that a rule can refuse with, in reading order. */
export const refusalNames: readonly string[] = [
  ...Object.keys(catalogue).filter(isGatewayCode),
  ...metaByName.keys(),
  ...metaCodes.map(String),
];

/** Reads with which code, and in which of Meta's body styles, a rule refuses. */
export function readRefused({ code, style }: FaultBody["effect"]): FaultEffect | readonly FaultMistake[] {
  const text = String(code);
  const meta = metaByName.get(text) ?? metaNumber(text);
  if (meta !== null) return { type: "refusal", refused: { by: "meta", code: meta, style: style ?? null } };
  if (isGatewayCode(text)) {
    if (style === undefined) return { type: "refusal", refused: { by: "gateway", code: text } };
    const message = `effect.style can't be set with ${text}: only Meta's errors have two styles`;
    return [{ path: "effect.style", message }];
  }
  const shown = JSON.stringify(text.slice(0, 60));
  const message = endsCalls(text)
    ? `effect.code ${text} answers no request, it ends calls: let the person fail with it instead`
    : `effect.code must be one of ${refusalNames.join(", ")}, but was ${shown}`;
  return [{ path: "effect.code", message }];
}

function metaNumber(text: string): MetaRefusalCode | null {
  const code = Number(text);
  return /^\d{3,6}$/.test(text) && isMetaErrorCode(code) && isMetaRefusalCode(code) ? code : null;
}

function endsCalls(text: string): boolean {
  return /^\d{3,6}$/.test(text) && isMetaErrorCode(Number(text));
}

function isGatewayCode(text: string): text is GatewayCode {
  return Object.hasOwn(catalogue, text) && apiCodes.has(text) && text !== "SANDBOX_RESPONSE_INVALID";
}
