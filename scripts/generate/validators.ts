import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { build } from "esbuild";
import { root } from "../lib/root.ts";
import { lookUp, type OpenApiDocument } from "./document.ts";
import { partialSchema, validatedPart } from "./schema-parts.ts";
import { headline } from "./text.ts";
import type { Table, ValidatorFile } from "./validator-files.ts";

// Both are CommonJS with a `default` key, which Node's ES modules show one level too deep.
const standaloneCode = standalone.default;
const addFormats = formats.default;

function pointersOf(table: Table): string[] {
  const pointers = [...table.values()].flatMap((entry) => (typeof entry === "string" ? [entry] : [...entry.values()]));
  return [...new Set(pointers)];
}

function standaloneModule(document: OpenApiDocument, file: ValidatorFile): string {
  const ajv = new Ajv2020({
    allErrors: file.allErrors,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    // A small schema is checked in place; a larger one becomes one function that all its users share.
    inlineRefs: 8,
    validateSchema: false,
    code: { source: true, esm: true, lines: true, optimize: 2 },
  });
  addFormats(ajv);
  const schemas = new Map<string, unknown>();
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    schemas.set(`/components/schemas/${name}`, schema);
  }
  for (const pointer of pointersOf(file.table)) schemas.set(pointer, lookUp(document, pointer));
  for (const [pointer, schema] of schemas) {
    const judged = validatedPart(schema);
    ajv.addSchema((file.partial === true ? partialSchema(judged) : judged) as AnySchema, pointer);
  }
  return standaloneCode(
    ajv,
    Object.fromEntries(pointersOf(file.table).map((pointer, index) => [`v${index}`, pointer])),
  );
}

function exportTable(file: ValidatorFile): string {
  const pointers = pointersOf(file.table);
  const variable = (pointer: string) => `validators.v${pointers.indexOf(pointer)}`;
  const rows = [...file.table].map(([key, entry]) => {
    if (typeof entry === "string") return `  ${JSON.stringify(key)}: ${variable(entry)},`;
    const inner = [...entry].map(([status, pointer]) => `${JSON.stringify(status)}: ${variable(pointer)}`);
    return `  ${JSON.stringify(key)}: { ${inner.join(", ")} },`;
  });
  return `import * as validators from "validators";\nexport const ${file.exportName} = {\n${rows.join("\n")}\n};\n`;
}

/**
 * One self-contained ES module of ahead-of-time validators. Ajv's standalone code calls `require` for its helpers
 * even in an ES module, so esbuild puts the helpers in; what comes out runs in a browser too.
 */
export async function validatorsModule(
  source: string,
  document: OpenApiDocument,
  file: ValidatorFile,
): Promise<string> {
  const code = standaloneModule(document, file);
  const result = await build({
    stdin: { contents: exportTable(file), resolveDir: root, sourcefile: `${file.name}.js` },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    legalComments: "none",
    // Nested checks are mostly indentation; short lines keep a diff of the committed file readable.
    minifyWhitespace: true,
    lineLimit: 120,
    absWorkingDir: root,
    plugins: [
      {
        name: "validators",
        setup(host) {
          host.onResolve({ filter: /^validators$/ }, () => ({ path: "validators", namespace: "ajv" }));
          host.onLoad({ filter: /.*/, namespace: "ajv" }, () => ({ contents: code, resolveDir: root }));
        },
      },
    ],
  });
  const text = result.outputFiles[0]?.text ?? "";
  return `${headline(source)}${text}`;
}

/** The declarations that belong to `validatorsModule`. */
export function validatorsDeclaration(source: string, file: ValidatorFile): string {
  const rows = [...file.table].map(([key, entry]) => {
    const type = typeof entry === "string" ? "Validator" : "Readonly<Record<string, Validator>>";
    return `  readonly ${JSON.stringify(key)}: ${type};`;
  });
  return [
    headline(source),
    'import type { Validator } from "./validator.ts";',
    "",
    `/** ${file.doc} */`,
    `export declare const ${file.exportName}: {`,
    ...rows,
    "};",
    "",
  ].join("\n");
}

/** `validator.ts`: the types that all validators share. */
export function validatorTypesModule(source: string): string {
  return `${headline(source)}
export interface ValidationError {
  readonly keyword: string;
  /** JSON pointer (RFC 6901) of the value at fault; empty for the whole. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Says whether the data obeys its schema. \`errors\` belongs to the last call: read it at once. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}
`;
}
