import { readFile } from "node:fs/promises";

const way = ["paths", "/v1/calls/{callId}", "get", "responses", "200", "content", "application/json", "examples"];

/** The first example of a call in the OpenAPI document. */
export async function documentedCall(file: string): Promise<unknown> {
  let found: unknown = JSON.parse(await readFile(file, "utf8"));
  for (const step of way) found = member(found, step);
  const [example] = typeof found === "object" && found !== null ? Object.values(found) : [];
  const value = member(example, "value");
  if (value === undefined) throw new Error(`${file} has no example of a call`);
  return value;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
