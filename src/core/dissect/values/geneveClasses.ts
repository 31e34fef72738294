import type { ValueNames } from '../field.js';

/** Who gave out a Geneve option, by its class (https://www.iana.org/assignments/nvo3). */
export const geneveClasses: ValueNames = (value) =>
  single[value] ?? (value <= 0x00ff ? 'IETF' : value >= 0xff00 ? 'Experimental' : undefined);

const single: Readonly<Record<number, string>> = {
  0x0100: 'Linux',
  0x0101: 'Open vSwitch',
  0x0102: 'Open Virtual Networking (OVN)',
  0x0103: 'In-band Network Telemetry (INT)',
  0x0104: 'VMware',
  0x0105: 'Amazon.com, Inc.',
  0x0106: 'Cisco Systems, Inc.',
  0x0107: 'Oracle Corporation',
  0x0118: 'IBM',
  0x0128: 'Ericsson',
  0x0129: 'Oxide Computer Company',
  0x0132: 'Google LLC',
  0x014b: 'Cilium',
};
