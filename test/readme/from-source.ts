import { registerHooks } from "node:module";

// Examples import the package by its name, which leads to dist/. In tests it leads to the source, so that what is tested
// is what stands there, built or not: `node --import ./test/readme/from-source.ts examples/…`.
const sources = new Map([
  ["calls-sandbox", "index"],
  ["calls-sandbox/media", "media/index"],
  ["calls-sandbox/msw", "doors/msw"],
]);

registerHooks({
  resolve: (specifier, context, next) => {
    const source = sources.get(specifier);
    return source === undefined
      ? next(specifier, context)
      : { url: new URL(`../../mock/${source}.ts`, import.meta.url).href, shortCircuit: true };
  },
});
