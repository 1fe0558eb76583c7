import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from "yaml";
import type { ConfigMistake } from "./config.ts";
import type { Mistake, Path } from "./path.ts";

/** Gives a mistake the line and column where its name or its value stands. */
export function placed(mistake: Mistake, document: Document, lines: LineCounter): ConfigMistake {
  return { ...positionOf(offsetOf(mistake, document), lines), message: mistake.message };
}

/** Line and column of an offset, both from 1. */
export function positionOf(offset: number, lines: LineCounter): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** As far down the path as there are nodes: a mistake always has a place. */
function offsetOf({ path, at }: Mistake, document: Document): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const child = childOf(node, step, document);
    const names = at === "name" && depth === path.length - 1;
    offset = (names ? startOf(child.name) : (startOf(child.value) ?? startOf(child.name))) ?? offset;
    node = child.value;
  }
  return offset;
}

function childOf(parent: unknown, step: Path[number], document: Document): { name: unknown; value: unknown } {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node) && typeof step === "number") return { name: null, value: node.items[step] };
  if (!isMap(node)) return { name: null, value: null };
  const pair = node.items.find((candidate) => nameOf(candidate) === step);
  return { name: pair?.key, value: pair?.value };
}

/** Names that look like numbers are numbers to YAML and texts to everybody else: `+5511999999999:` is a phone. */
function nameOf({ key }: Pair): string | null {
  return isScalar(key) ? String(key.value) : null;
}

/** Where a node begins; an empty value, which YAML reads as null, has no place of its own. */
function startOf(node: unknown): number | null {
  if (isScalar(node) && node.value === null && node.source === "") return null;
  return isNodeWithRange(node) ? node.range[0] : null;
}

function isNodeWithRange(node: unknown): node is Node & { range: readonly [number, number, number] } {
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range);
}
