import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { bundleDocument } from "../../../scripts/generate/bundle.ts";
import { operationsModule } from "../../../scripts/generate/operations.ts";

const spec = fileURLToPath(new URL("../fixtures/project/spec/", import.meta.url));
let made: { apiOperations: Record<string, unknown>; controlOperations: Record<string, unknown> };

beforeAll(async () => {
  const [api, control] = [await bundleDocument(`${spec}openapi.yaml`), await bundleDocument(`${spec}control.yaml`)];
  const code = stripTypeScriptTypes(operationsModule("spec", api, control));
  made = await import(`data:text/javascript,${encodeURIComponent(code)}`);
});

const badRequest = { "400": ["VALIDATION_ERROR", "INVALID_LIMIT", "MISSING_TO"] };
const path = {
  in: "path",
  required: true,
  type: "string",
  errorCode: "VALIDATION_ERROR",
  missingErrorCode: "VALIDATION_ERROR",
};

test.each([
  [
    "query parameters keep their limits and their own codes",
    "listCalls",
    {
      id: "listCalls",
      method: "GET",
      path: "/v1/calls",
      providers: null,
      keyScope: "number",
      parameters: [
        {
          name: "limit",
          in: "query",
          required: false,
          type: "integer",
          errorCode: "INVALID_LIMIT",
          missingErrorCode: "INVALID_LIMIT",
          minimum: 1,
          maximum: 100,
          default: 25,
        },
        {
          name: "to",
          in: "query",
          required: true,
          type: "string",
          errorCode: "VALIDATION_ERROR",
          missingErrorCode: "MISSING_TO",
          maxLength: 32,
        },
      ],
      body: null,
      errorCodes: badRequest,
      successStatus: 200,
      summary: "Lists calls",
    },
  ],
  [
    "a combined body names the properties of all its parts",
    "startCall",
    {
      id: "startCall",
      method: "POST",
      path: "/v1/calls",
      providers: ["META"],
      keyScope: null,
      parameters: [],
      body: { required: true, properties: ["to", "at"] },
      errorCodes: badRequest,
      successStatus: 201,
      summary: "Starts a call",
    },
  ],
  [
    "parameters of the path item belong to its operations",
    "endCall",
    {
      id: "endCall",
      method: "DELETE",
      path: "/v1/calls/{callId}",
      providers: null,
      keyScope: null,
      parameters: [{ name: "callId", ...path, pattern: "^call_" }],
      body: null,
      errorCodes: { "404": ["CALL_NOT_FOUND"] },
      successStatus: 204,
      summary: "",
    },
  ],
])("%s", (_title, id, want) => {
  expect(made.apiOperations[id]).toEqual(want);
});

test("the control API has a table of its own", () => {
  expect(Object.keys(made.controlOperations)).toEqual(["createWorld"]);
});
