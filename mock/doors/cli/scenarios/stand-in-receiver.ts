import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A receiver that says yes to everything, for whoever wants to see a scenario before they have one. */
export interface StandInReceiver {
  readonly url: string;
  readonly close: () => void;
}

/** Opens the receiver on a free port of this machine. */
export async function standInReceiver(): Promise<StandInReceiver> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
