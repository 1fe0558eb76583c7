/** Provider verification, as the command line uses it. */
export { junitReport } from "../report/junit.ts";
export { Broker, type BrokerSource } from "./broker.ts";
export { PactBrokeOff, VerifyMistake } from "./mistake.ts";
export { conclusion, interactionLines, junitCases, outsideLines } from "./report.ts";
export { type Verification, type VerifyOptions, verifyPacts } from "./verify.ts";
