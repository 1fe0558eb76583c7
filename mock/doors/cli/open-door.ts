import { StartError } from "./explain.ts";

/** Where a door is to be opened. */
interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a door of the command.
 *
 * @param option the option that chooses its port, for the message
 * @throws StartError when it can't listen there, with what to do next (WORLD-026)
 */
export async function openDoor<Door>(option: string, place: Place, listen: () => Promise<Door>): Promise<Door> {
  try {
    return await listen();
  } catch (error) {
    throw new StartError(whyNotListening(error, place, option));
  }
}

function whyNotListening(error: unknown, { host, port }: Place, option: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is taken, perhaps by another sandbox. Stop that, choose another port with ${option}, or let ${option} 0 find a free one.`;
  }
  if (code === "EACCES") return `Port ${port} is not yours to open. Choose one above 1023 with ${option}.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine. Leave --host out, or use 0.0.0.0 for all of them.`;
  return `Can't listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}
