export { type Control, ControlRefused } from "./control/control.ts";
export type { Script, ScriptStep } from "./people/script.ts";
export { createSandbox, type Sandbox } from "./sandbox.ts";
export { SandboxOptionError, type SandboxOptions } from "./sandbox-options.ts";
