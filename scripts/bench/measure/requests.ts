/** A GET request as it goes over the wire. */
export function getRequest(path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  return wire(`GET ${path}`, headers, "");
}

/** A POST request with a JSON body as it goes over the wire. */
export function postRequest(path: string, headers: Readonly<Record<string, string>>, body: unknown): Buffer {
  const text = JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  return wire(`POST ${path}`, { ...headers, "content-type": "application/json", "content-length": length }, text);
}

function wire(start: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const lines = Object.entries({ host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${[`${start} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n${body}`);
}
