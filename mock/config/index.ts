export { type Config, ConfigError, type ConfigMistake } from "./config.ts";
export { readConfig } from "./read-config.ts";
