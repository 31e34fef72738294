/** What a BGP speaker says in its OPEN message that it can do (RFC 5492). */
import type { FieldCursor } from '../fieldCursor.js';
import { bytes, type Field, flag, label, nameOf, string, uint, yesOrNo } from '../field.js';
import { declared, custom, sequence, type Shape, shapeFields } from '../shapes.js';
import { familyNames, subsequentFamilyNames } from '../values/bgpNames.js';
import { namedFlags } from '../values/flagNotes.js';

const capabilityNames: Readonly<Record<number, string>> = {
  0: 'Reserved capability',
  1: 'Multiprotocol extensions capability',
  2: 'Route refresh capability',
  3: 'Cooperative route filtering capability',
  4: 'Multiple routes to a destination capability',
  5: 'Extended Next Hop Encoding',
  6: 'BGP-Extended Message',
  7: 'BGPsec capability',
  8: 'Multiple Labels capability',
  9: 'BGP Role',
  64: 'Graceful Restart capability',
  65: 'Support for 4-octet AS number capability',
  66: 'Deprecated Dynamic Capability (Cisco)',
  67: 'Support for Dynamic capability',
  68: 'Multisession BGP Capability',
  69: 'Support for Additional Paths',
  70: 'Enhanced route refresh capability',
  71: 'Long-Lived Graceful Restart (LLGR) Capability',
  72: 'CP-ORF Capability',
  73: 'FQDN Capability',
  128: 'Route refresh capability (Cisco)',
  130: 'Cooperative route filtering capability (Cisco)',
  131: 'Multisession BGP Capability (Cisco)',
};

const fields = {
  capability: label('bgp.cap', 'Capability', { text: (value) => `Capability: ${value}` }),
  type: uint('bgp.cap.type', 'Type', { values: capabilityNames }),
  length: uint('bgp.cap.length', 'Length'),
  unknown: bytes('bgp.cap.unknown', 'Unknown'),
};

const family = (name: string, title: string): Field => uint(name, title, { values: familyNames });
const subsequent = (name: string): Field => uint(name, 'SAFI', { values: subsequentFamilyNames });
const directions = { 1: 'Receive', 2: 'Send', 3: 'Both' };
const reserved = bytes('bgp.cap.reserved', 'Reserved');

/** The same parts, over and over. */
const many = (...parts: readonly (readonly [Field, number])[]): Shape => {
  const once = sequence(...parts);
  const size = parts.reduce((sum, [, length]) => sum + length, 0);
  return {
    fields: once.fields,
    fits: (length) => length >= size,
    report(cursor) {
      while (cursor.left >= size) once.report(cursor);
    },
  };
};

const timerBit = (name: string, title: string, mask: number): Field =>
  flag(`bgp.cap.gr.timers.${name}`, title, { at: 0, bytes: 2, mask, values: yesOrNo });
const timerBits = {
  restart: timerBit('restart_flag', 'Restart state', 0x8000),
  notification: timerBit('notification_flag', 'Graceful notification', 0x4000),
};
const restart = {
  timers: uint('bgp.cap.gr.timers', 'Restart Timers', {
    show: 'hex',
    note: namedFlags(Object.values(timerBits)),
    children: {
      ...timerBits,
      time: uint('bgp.cap.gr.timers.restart_time', 'Time', { at: 0, bytes: 2, mask: 0x0fff }),
    },
  }),
  family: family('bgp.cap.gr.afi', 'AFI'),
  subsequent: subsequent('bgp.cap.gr.safi'),
  flags: uint('bgp.cap.gr.flag', 'Flag', {
    show: 'hex',
    note: (value) => (Number(value) & 0x80 ? ', Preserve forwarding state' : ''),
    children: {
      preserve: flag('bgp.cap.gr.flag.pfs', 'Preserve forwarding state', {
        at: 0,
        bytes: 1,
        mask: 0x80,
        values: yesOrNo,
      }),
    },
  }),
};
/** RFC 4724. */
const gracefulRestart = custom(
  restart,
  (cursor) => {
    cursor.field(restart.timers, 2);
    while (cursor.left >= 4) {
      cursor.field(restart.family, 2);
      cursor.field(restart.subsequent, 1);
      cursor.field(restart.flags, 1);
    }
  },
  (length) => length >= 2,
);

const names = {
  hostLength: uint('bgp.cap.orf.fqdn.hostname.len', 'Hostname Length'),
  host: string('bgp.cap.orf.fqdn.hostname', 'Hostname'),
  domainLength: uint('bgp.cap.orf.fqdn.domain_name.len', 'Domain Name Length'),
  domain: string('bgp.cap.orf.fqdn.domain_name', 'Domain Name'),
};
const fullName = custom(names, (cursor) => {
  for (const [length, name] of [
    [names.hostLength, names.host],
    [names.domainLength, names.domain],
  ] as const) {
    const size = cursor.u8();
    cursor.field(length, 1);
    cursor.field(name, size);
  }
});

const filters = {
  family: family('bgp.cap.orf.afi', 'AFI'),
  subsequent: subsequent('bgp.cap.orf.safi'),
  count: uint('bgp.cap.orf.number', 'Number'),
  type: uint('bgp.cap.orf.type', 'Type', {
    values: {
      2: 'Communities ORF-Type',
      3: 'Extended Communities ORF-Type',
      128: 'Cisco PrefixList ORF-Type',
      129: 'Cisco CommunityList ORF-Type',
      130: 'Cisco Extended CommunityList ORF-Type',
      131: 'Cisco AsPathList ORF-Type',
    },
  }),
  direction: uint('bgp.cap.orf.sendreceive', 'Send Receive', { values: directions }),
};
/** RFC 5291. */
const routeFilters = custom(
  { ...filters, reserved },
  (cursor) => {
    while (cursor.left >= 5) {
      cursor.field(filters.family, 2);
      cursor.field(reserved, 1);
      cursor.field(filters.subsequent, 1);
      const count = cursor.u8();
      cursor.field(filters.count, 1);
      for (let i = 0; i < count && cursor.left >= 2; i++) {
        cursor.field(filters.type, 1);
        cursor.field(filters.direction, 1);
      }
    }
  },
  (length) => length >= 5,
);

const shapes: Readonly<Record<number, Shape>> = {
  1: sequence([family('bgp.cap.mp.afi', 'AFI'), 2], [reserved, 1], [subsequent('bgp.cap.mp.safi'), 1]),
  3: routeFilters,
  5: many(
    [family('bgp.cap.enh.afi', 'AFI'), 2],
    [uint('bgp.cap.enh.safi', 'SAFI', { values: subsequentFamilyNames }), 2],
    [family('bgp.cap.enh.nhafi', 'Next hop AFI'), 2],
  ),
  64: gracefulRestart,
  65: sequence([uint('bgp.cap.4as', 'AS Number'), 4]),
  67: many([uint('bgp.cap.dc', 'Capability Dynamic', { values: capabilityNames }), 1]),
  69: many(
    [family('bgp.cap.ap.afi', 'AFI'), 2],
    [subsequent('bgp.cap.ap.safi'), 1],
    [uint('bgp.cap.ap.sendreceive', 'Send/Receive', { values: directions }), 1],
  ),
  73: fullName,
  130: routeFilters,
};

export const capabilityFields = declared(fields, shapeFields(Object.values(shapes)));

/** Reports the capabilities up to the cursor's end. */
export function reportCapabilities(cursor: FieldCursor): void {
  while (cursor.left >= 2) {
    const type = cursor.u8();
    cursor.group(
      fields.capability,
      2 + cursor.u8(1),
      (inner) => {
        inner.field(fields.type, 1);
        inner.field(fields.length, 1);
        if (inner.left === 0) return;
        const shape = shapes[type];
        if (shape && (shape.fits?.(inner.left) ?? true)) shape.report(inner);
        else inner.rest(fields.unknown);
      },
      nameOf(capabilityNames, type) ?? `Unknown capability ${type}`,
    );
  }
}
