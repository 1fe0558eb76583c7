import type { ControlHandler } from "../handler.ts";

/** `POST /_pact/provider-states` */
export const setUpProviderState: ControlHandler<"setUpProviderState"> = ({ pact }, { body }) => pact.changeState(body);

/** `POST /_pact/messages` */
export const provideMessage: ControlHandler<"provideMessage"> = ({ pact }, { body }) => pact.provideMessage(body);
