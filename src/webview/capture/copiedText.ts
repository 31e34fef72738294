/** What the clipboard gets, from what is on screen. */
import type { PacketDetail, PacketRow, TreeNode } from '../../rpc/capture.js';
import { isBareValue, quotedValue } from './filterText.js';
import { walkTree } from './treeRows.js';

/** A packet on one line: Wireshark's columns, set apart by two blanks. */
export function rowText(row: PacketRow): string {
  const { number, time, source, destination, protocol, length, info } = row;
  return [number, time, source, destination, protocol, length, info].join('  ');
}

/** A packet as text: its row, then every field, indented by level. */
export function packetText(packet: PacketDetail): string {
  const lines = [rowText(packet.row)];
  walkTree(packet.layers, ({ node, level }) => {
    lines.push(`${'    '.repeat(level - 1)}${node.label}`);
    return undefined;
  });
  return `${lines.join('\n')}\n`;
}

interface JsonNode {
  name: string;
  label: string;
  value?: string;
  start: number;
  length: number;
  generated?: true;
  fields?: readonly JsonNode[];
}

function jsonNode(node: TreeNode): JsonNode {
  return {
    name: node.name,
    label: node.label,
    ...(node.value === undefined ? {} : { value: node.value }),
    start: node.start,
    length: node.length,
    ...(node.generated === true ? { generated: true } : {}),
    ...(node.children && node.children.length > 0 ? { fields: node.children.map(jsonNode) } : {}),
  };
}

/** The value of a field anywhere in a tree. */
function valueOf(layers: readonly TreeNode[], name: string): string | undefined {
  let value: string | undefined;
  walkTree(layers, ({ node }) => {
    if (node.name !== name) return undefined;
    value = node.value;
    return 'stop';
  });
  return value;
}

/** A packet as the command line's `decode --json` prints it, in lines for people. */
export function packetJson(packet: PacketDetail): string {
  const { row, bytes, layers } = packet;
  const object = {
    number: row.number,
    time: valueOf(layers, 'frame.time_epoch') ?? row.time,
    length: row.length,
    captured: bytes.length,
    protocol: row.protocol,
    source: row.source,
    destination: row.destination,
    info: row.info,
    layers: layers.filter((layer) => layer.name !== 'frame').map(jsonNode),
  };
  return `${JSON.stringify(object, undefined, 2)}\n`;
}

/** The display filter that finds packets with this field and value, or with this field when it has no value. */
export function fieldFilter(node: TreeNode): string {
  if (node.value === undefined) return node.name;
  const value = isBareValue(node.value) ? node.value : quotedValue(node.value);
  return `${node.name} == ${value}`;
}

/** Bytes as hex digits, two a byte, without blanks. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Bytes as the initialiser of an array in C, sixteen to a line. */
export function cArrayText(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    lines.push(
      `  ${Array.from(bytes.subarray(at, at + 16), (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')}`,
    );
  return `const unsigned char bytes[${bytes.length}] = {\n${lines.join(',\n')}\n};\n`;
}

export function base64Text(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** What can be copied from the packet and field on screen. */
export type Copy =
  'row' | 'packet text' | 'packet JSON' | 'filter' | 'value' | 'label' | 'hex' | 'C array' | 'base64';

const bytesAs = { hex: hexText, 'C array': cArrayText, base64: base64Text } as const;

/** The text for the clipboard; nothing when it needs a field and none is selected. */
export function copiedText(
  what: Copy,
  packet: PacketDetail,
  field: TreeNode | undefined,
): string | undefined {
  switch (what) {
    case 'row':
      return rowText(packet.row);
    case 'packet text':
      return packetText(packet);
    case 'packet JSON':
      return packetJson(packet);
    case 'filter':
      return field && fieldFilter(field);
    case 'value':
      return field && (field.value ?? field.label);
    case 'label':
      return field?.label;
    case 'hex':
    case 'C array':
    case 'base64': {
      if (!field) return bytesAs[what](packet.bytes);
      return field.length > 0
        ? bytesAs[what](packet.bytes.subarray(field.start, field.start + field.length))
        : undefined;
    }
  }
}
