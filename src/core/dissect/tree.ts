/** The tree of a packet: plain data, ready to be sent to a view or printed as JSON. */
import { type FieldVisitor, visitFields } from './emit.js';
import type { Field, FieldValue } from './field.js';
import { fieldLabel, valueText } from './fieldText.js';
import { problemNode } from './problem.js';
import type { Layer, Walk } from './walk.js';

/** A layer or field. Layers are the top nodes; a layer quoted inside another is a node within it. */
export interface DecodedNode {
  /** Wireshark's filter name, `cilium.…` for our own, empty for a node that only groups. */
  readonly name: string;
  readonly label: string;
  /** What a display filter compares with; absent where there is nothing to compare. */
  readonly value?: string;
  /** First byte in the frame; 0 for what has no bytes. */
  readonly start: number;
  readonly length: number;
  /** Worked out, not read. */
  readonly generated?: boolean;
  /** Deserves attention. */
  readonly problem?: boolean;
  readonly children?: readonly DecodedNode[];
}

type Draft = { -readonly [key in keyof DecodedNode]: DecodedNode[key] } & { children?: Draft[] };

/** All layers of a finished walk, then what stopped it, if something did. */
export function decodedTree(walk: Walk): readonly DecodedNode[] {
  const layers: DecodedNode[] = [];
  for (let index = 0; index < walk.count; index++)
    if (walk.parentOf(index) < 0) layers.push(layerNode(walk.layer(index)));
  const { problem } = walk;
  if (problem) layers.push(problemNode(walk, problem));
  return layers;
}

function layerNode(layer: Layer): Draft {
  const { dissector } = layer;
  const heading = dissector.heading?.(layer);
  const node: Draft = {
    name: dissector.id,
    label: heading === undefined ? dissector.title : dissector.title + heading,
    start: layer.start,
    length: layer.end - layer.start,
  };
  const { problem } = layer.walk;
  if (problem?.layer === layer.index) node.problem = true;
  visitFields(layer, new Builder(node));
  return node;
}

class Builder implements FieldVisitor {
  private readonly open: Draft[];

  constructor(layer: Draft) {
    this.open = [layer];
  }

  enter(field: Field, layer: Layer, at: number, length: number, value: FieldValue | undefined): void {
    const place = { layer, at, length };
    const node: Draft = { name: field.name, label: fieldLabel(field, value, place), start: at, length };
    const text = valueText(field, value, place);
    if (text !== undefined) node.value = text;
    if (field.generated) {
      node.generated = true;
      node.start = 0;
      node.length = 0;
    }
    if (field.problem?.(value ?? text ?? '', place)) node.problem = true;
    this.put(node);
    this.open.push(node);
  }

  leave(): void {
    this.open.pop();
  }

  inner(layer: Layer): void {
    this.put(layerNode(layer));
  }

  private put(node: Draft): void {
    const parent = this.open[this.open.length - 1];
    if (parent) (parent.children ??= []).push(node);
  }
}
