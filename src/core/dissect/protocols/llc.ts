import { u8 } from '../../base/bytes.js';
import { defineDissector } from '../dissector.js';
import { type Field, flag, uint } from '../field.js';
import { hexNumber } from '../fieldText.js';
import { etherTypes } from '../values/etherTypes.js';
import { organizations } from '../values/organizations.js';
import type { Layer } from '../walk.js';

/** Service access points: IEEE 802.2 and what is in use. */
const accessPoints: Readonly<Record<number, string>> = {
  0x00: 'NULL LSAP',
  0x02: 'LLC Sub-Layer Management',
  0x04: 'SNA Path Control',
  0x06: 'TCP/IP',
  0x08: 'SNA',
  0x0e: 'PROWAY (IEC955) Network Management and Initialization',
  0x42: 'Spanning Tree BPDU',
  0x4e: 'EIA RS-511 Manufacturing Message Service',
  0x7e: 'ISO 8208 (X.25 over 802.2)',
  0x80: 'XNS',
  0x82: 'BACnet',
  0x8e: 'PROWAY (IEC955) Active Station List Maintenance',
  0x98: 'ARP',
  0xaa: 'SNAP',
  0xbc: 'Banyan Vines',
  0xe0: 'NetWare',
  0xf0: 'NetBIOS',
  0xf4: 'IBM Net Management',
  0xf8: 'HP Extended LLC',
  0xfa: 'Ungermann-Bass',
  0xfc: 'Remote Program Load',
  0xfe: 'ISO Network Layer',
  0xff: 'Global LSAP',
};

const commands: Readonly<Record<number, string>> = {
  0x00: 'Unnumbered Information',
  0x01: 'Set Initialization Mode',
  0x03: 'Set Asynchronous Response Mode',
  0x08: 'Unnumbered Poll',
  0x0b: 'Set Asynchronous Balanced Mode',
  0x10: 'Disconnect',
  0x13: 'Set Asynchronous Response Mode Extended',
  0x18: 'Unnumbered Acknowledge',
  0x1b: 'Set Asynchronous Balanced Mode Extended',
  0x20: 'Set Normal Response Mode',
  0x21: 'Frame reject',
  0x23: 'Reset',
  0x2b: 'Exchange identification',
  0x33: 'Set Normal Response Mode Extended',
  0x38: 'Test',
  0x3b: 'Beacon',
};
const commandWords: Readonly<Record<number, string>> = {
  0x00: 'UI',
  0x10: 'DISC',
  0x18: 'UA',
  0x2b: 'XID',
  0x38: 'TEST',
};
const supervisory: Readonly<Record<number, string>> = {
  0: 'Receiver ready',
  1: 'Receiver not ready',
  2: 'Reject',
};
const frameTypes: Readonly<Record<number, string>> = {
  0: 'Information frame',
  1: 'Supervisory frame',
  2: 'Information frame',
  3: 'Unnumbered frame',
};

const snap = 0xaa;
const cisco = 0x00000c;
const isSnap = (layer: Layer): boolean => layer.u8(0) === snap && layer.u8(1) === snap && isUnnumbered(layer);
const isUnnumbered = (layer: Layer): boolean => (layer.u8(2) & 3) === 3;
const isSupervisory = (layer: Layer): boolean => (layer.u8(2) & 3) === 1;
const isInformation = (layer: Layer): boolean => (layer.u8(2) & 1) === 0;
const organization = (layer: Layer): number => layer.u24(3);
/** With these organization codes the protocol id is an EtherType. */
const hasEtherType = (code: number): boolean => code === 0 || code === 0x0000f8;

/** N(S) and N(R) stand low byte first; Wireshark shows the sixteen bits that way round. */
const littleControl = (layer: Layer): number => layer.u8(2) | (layer.u8(3) << 8);

const ciscoProtocols: Readonly<Record<number, string>> = {
  0x0102: 'DRiP',
  0x0104: 'PAgP',
  0x0105: 'MLS Hello',
  0x010b: 'PVSTP+',
  0x010c: 'VLAN Bridge',
  0x0111: 'UDLD',
  0x2000: 'CDP',
  0x2001: 'CGMP',
  0x2003: 'VTP',
  0x2004: 'DTP',
  0x200a: 'STP UplinkFast',
};

const sap = (name: string, label: string, at: number, bit: Field): Field =>
  uint(`llc.${name}`, label, {
    at,
    bytes: 1,
    show: 'hex',
    text: (value) => `${accessPoints[Number(value) & 0xfe] ?? 'Unknown'} (${hexNumber(value, 2)})`,
    children: {
      sap: uint(`llc.${name}.sap`, 'SAP', {
        at,
        bytes: 1,
        mask: 0xfe,
        text: (value) => accessPoints[2 * Number(value)] ?? 'Unknown',
      }),
      bit,
    },
  });

const unnumbered = uint('llc.control', 'Control field', {
  at: 2,
  bytes: 1,
  show: 'hex',
  when: isUnnumbered,
  text: (value) =>
    `U${Number(value) & 0x10 ? ' P' : ''}, func=${commandWord(Number(value))} (${hexNumber(value, 2)})`,
  children: {
    command: uint('llc.control.u_modifier_cmd', 'Command', {
      at: 2,
      bytes: 1,
      mask: 0xec,
      show: 'hex',
      values: commands,
    }),
    type: uint('llc.control.ftype', 'Frame type', {
      at: 2,
      bytes: 1,
      mask: 0x03,
      show: 'hex',
      values: frameTypes,
    }),
  },
});

/** Logical link control (IEEE 802.2), with the SNAP header where the service access points say so. */
export const llc = defineDissector({
  id: 'llc',
  title: 'Logical-Link Control',
  column: 'LLC',
  spec: 'https://www.iso.org/standard/30174.html',
  claims: [],
  fields: {
    destination: sap(
      'dsap',
      'DSAP',
      0,
      flag('llc.dsap.ig', 'IG Bit', { at: 0, bytes: 1, mask: 1, values: { 0: 'Individual', 1: 'Group' } }),
    ),
    source: sap(
      'ssap',
      'SSAP',
      1,
      flag('llc.ssap.cr', 'CR Bit', { at: 1, bytes: 1, mask: 1, values: { 0: 'Command', 1: 'Response' } }),
    ),
    unnumbered,
    numbered: uint('llc.control', 'Control field', {
      at: 2,
      bytes: 2,
      show: 'hex',
      when: (layer) => !isUnnumbered(layer),
      compute: littleControl,
      children: {
        received: uint('llc.control.n_r', 'N(R)', {
          at: 2,
          bytes: 2,
          compute: (layer) => littleControl(layer) >> 9,
        }),
        sent: uint('llc.control.n_s', 'N(S)', {
          at: 2,
          bytes: 2,
          when: isInformation,
          compute: (layer) => (littleControl(layer) >> 1) & 0x7f,
        }),
        supervisory: uint('llc.control.s_ftype', 'Supervisory frame type', {
          at: 2,
          bytes: 2,
          show: 'hex',
          when: isSupervisory,
          values: supervisory,
          compute: (layer) => (littleControl(layer) >> 2) & 3,
        }),
        type: uint('llc.control.ftype', 'Frame type', {
          at: 2,
          bytes: 2,
          show: 'hex',
          values: frameTypes,
          compute: (layer) => littleControl(layer) & (isInformation(layer) ? 1 : 3),
        }),
      },
    }),
    organization: uint('llc.oui', 'Organization Code', {
      at: 3,
      bytes: 3,
      when: isSnap,
      text(value, { layer, at }) {
        const digits = [0, 1, 2].map((i) =>
          u8(layer.frame, at + i)
            .toString(16)
            .padStart(2, '0'),
        );
        const name = organizations[Number(value)];
        return digits.join(':') + (name === undefined ? '' : ` (${name})`);
      },
    }),
    etherType: uint('llc.type', 'Type', {
      at: 6,
      bytes: 2,
      show: 'hex',
      values: etherTypes,
      when: (layer) => isSnap(layer) && hasEtherType(organization(layer)),
    }),
    ciscoProtocol: uint('llc.cisco_pid', 'PID', {
      at: 6,
      bytes: 2,
      show: 'hex',
      values: ciscoProtocols,
      when: (layer) => isSnap(layer) && organization(layer) === cisco,
    }),
    protocol: uint('llc.pid', 'Protocol ID', {
      at: 6,
      bytes: 2,
      show: 'hex',
      when: (layer) => isSnap(layer) && organization(layer) !== cisco && !hasEtherType(organization(layer)),
    }),
  },

  measure(walk) {
    if (!walk.header(3)) return;
    const control = walk.u8(2);
    if ((control & 3) !== 3) {
      if (walk.header(4)) walk.nextIsData();
      return;
    }
    if (walk.u8(0) !== snap || walk.u8(1) !== snap) {
      walk.nextBy('llc.dsap', walk.u8(0));
      return;
    }
    if (!walk.header(8)) return;
    if (hasEtherType(walk.u24(3))) walk.nextBy('ethertype', walk.u16(6));
    else if (walk.u24(3) === cisco) walk.nextBy('llc.cisco_pid', walk.u16(6));
    else walk.nextIsData();
  },

  info(layer) {
    if (!layer.has(3)) return undefined;
    const [to, from] = [
      accessPoints[layer.u8(0) & 0xfe] ?? 'Unknown',
      accessPoints[layer.u8(1) & 0xfe] ?? 'Unknown',
    ];
    const kind = isUnnumbered(layer)
      ? `U, func=${commandWord(layer.u8(2))}`
      : isSupervisory(layer)
        ? 'S'
        : 'I';
    if (isSnap(layer) && layer.has(8)) {
      const code = organization(layer);
      return `${kind}; SNAP, OUI 0x${code.toString(16).padStart(6, '0').toUpperCase()} (${organizations[code] ?? 'Unknown'}), PID ${hexNumber(layer.u16(6), 4)}`;
    }
    return `${kind}; DSAP ${hexNumber(layer.u8(0), 2)} ${to}, SSAP ${hexNumber(layer.u8(1), 2)} ${from}`;
  },

  examples: [
    {
      title: 'SNAP, Cisco discovery',
      hex: 'aaaa03 00000c 2000',
      fields: { 'llc.dsap': 0xaa, 'llc.control': 3, 'llc.oui': 12, 'llc.cisco_pid': 0x2000 },
    },
    { title: 'spanning tree', hex: '424203', fields: { 'llc.dsap.sap': 0x21, 'llc.ssap.cr': 0 } },
  ],
});

function commandWord(control: number): string {
  const modifier = (control & 0xec) >> 2;
  return commandWords[modifier] ?? commands[modifier] ?? 'Unknown';
}
