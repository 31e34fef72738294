/** DHCP options that hold options themselves: what relay agents add, and what network boot firmware is told. */
import { u16le } from '../../base/bytes.js';
import type { FieldCursor } from '../fieldCursor.js';
import { bytes, ether, type Field, flag, ipv4, nameOf, string, uint, type ValueNames } from '../field.js';
import { address, blob, custom, type Shape, shapeFields, single, text, whole } from '../shapes.js';

/** Options within an option: a code, a length, and a value of the form that belongs to the code. */
export interface SubOptions {
  readonly fields: { readonly code: Field; readonly length: Field; readonly value: Field };
  readonly shapes: Readonly<Record<number, Shape>>;
  /** Codes without length and value: padding and end. */
  readonly single?: (code: number) => Field | undefined;
}

/** Every field of some sub-options. */
export const subOptionFields = ({ fields, shapes, single: lone }: SubOptions): Record<string, Field> => ({
  ...fields,
  ...shapeFields(Object.values(shapes)),
  ...Object.fromEntries(
    [0, 255].flatMap((code) => {
      const field = lone?.(code);
      return field ? [[`code ${code}`, field]] : [];
    }),
  ),
});

/** Reports the sub-options up to the cursor's end. */
export function reportSubOptions(cursor: FieldCursor, { fields, shapes, single: lone }: SubOptions): void {
  while (cursor.left > 0) {
    const alone = lone?.(cursor.u8());
    if (alone) {
      cursor.field(alone, 1);
      continue;
    }
    if (cursor.left < 2) return;
    const code = cursor.u8();
    const length = cursor.u8(1);
    cursor.group(
      fields.code,
      2 + length,
      (inner) => {
        inner.skip(1);
        inner.field(fields.length, 1);
        const shape = shapes[code];
        if (inner.left === 0) return;
        if (shape && (shape.fits?.(inner.left) ?? true)) shape.report(inner);
        else inner.rest(fields.value);
      },
      code,
    );
  }
}

const subOptions = (options: SubOptions): Shape =>
  custom(subOptionFields(options), (cursor) => {
    reportSubOptions(cursor, options);
  });

/** `(1) Agent Circuit ID` */
const codeText =
  (names: ValueNames) =>
  (value: number | bigint | string): string =>
    `(${value}) ${nameOf(names, Number(value)) ?? 'Unknown'}`;

const relayPrefix = 'dhcp.option.agent_information_option';
const relayCodes: ValueNames = {
  0: 'Padding',
  1: 'Agent Circuit ID',
  2: 'Agent Remote ID',
  3: 'Reserved',
  4: 'DOCSIS Device Class',
  5: 'Link selection',
  6: 'Subscriber ID',
  7: 'RADIUS Attributes',
  8: 'Authentication',
  9: 'Vendor-Specific Information',
  10: 'Flags',
  11: 'Server ID Override',
  12: 'Relay Agent Identifier',
  13: 'Access Technology Type',
  14: 'Access Network Name',
  15: 'Access Point Name',
  16: 'Access Point BSSID',
  17: 'Access Network Operator ID',
  18: 'Access Network Operator Realm',
  19: 'Source Port',
  150: 'Link selection (Cisco proprietary)',
  151: 'VRF name/VPN ID',
  152: 'Server ID Override (Cisco proprietary)',
};
/** RFC 3046 and what came after. */
export const relayAgent: Shape = subOptions({
  fields: {
    code: uint(`${relayPrefix}.suboption`, 'Option 82 Suboption', { text: codeText(relayCodes) }),
    length: uint('dhcp.option.suboption_length', 'Length'),
    value: bytes(`${relayPrefix}.value`, 'Value'),
  },
  shapes: {
    1: blob(`${relayPrefix}.agent_circuit_id`, 'Agent Circuit ID'),
    2: blob(`${relayPrefix}.agent_remote_id`, 'Agent Remote ID'),
    3: blob(`${relayPrefix}.reserved`, 'Reserved'),
    4: single(uint(`${relayPrefix}.docsis_device_class`, 'DOCSIS Device Class', { show: 'hex' }), 4),
    5: address(`${relayPrefix}.link_selection`, 'Link selection'),
    6: text(`${relayPrefix}.subscriber_id`, 'Subscriber ID'),
    7: blob(`${relayPrefix}.radius_attributes`, 'RADIUS Attributes'),
    8: blob(`${relayPrefix}.authentication`, 'Authentication'),
    10: single(uint(`${relayPrefix}.flags`, 'Flags', { show: 'hex' }), 1),
    11: address(`${relayPrefix}.server_id_override`, 'Server ID Override'),
    12: blob(`${relayPrefix}.relay_agent_id`, 'Relay Agent Identifier'),
    14: text(`${relayPrefix}.ani_network_name`, 'Access Network Name'),
    15: text(`${relayPrefix}.ani_ap_name`, 'Access Point Name'),
    16: single(ether(`${relayPrefix}.ani_ap_bssid`, 'Access Point BSSID'), 6),
    17: blob(`${relayPrefix}.ani_operator_id`, 'Access Network Operator ID'),
    18: text(`${relayPrefix}.ani_operator_realm`, 'Access Network Operator Realm'),
    150: address(`${relayPrefix}.link_selection_cisco`, 'Link selection (Cisco proprietary)'),
    152: address(`${relayPrefix}.server_id_override_cisco`, 'Server ID Override (Cisco proprietary)'),
  },
});

const pxe = 'dhcp.option.vendor.pxeclient';
const pxeCodes: ValueNames = {
  0: 'Padding',
  1: 'PXE mtftp IP',
  2: 'PXE mtftp client port',
  3: 'PXE mtftp server port',
  4: 'PXE mtftp timeout',
  5: 'PXE mtftp delay',
  6: 'PXE discovery control',
  7: 'PXE multicast address',
  8: 'PXE boot servers',
  9: 'PXE boot menu',
  10: 'PXE menu prompt',
  11: 'PXE multicast address alloc',
  12: 'PXE credential types',
  71: 'PXE boot item',
  255: 'PXE End',
};
const bootServerTypes: ValueNames = {
  0: 'PXE bootstrap server',
  1: 'Microsoft Windows NT Boot Server',
  2: 'Intel LCM Boot Server',
  3: 'DOS/UNDI Boot Server',
  65535: 'PXE API Test server',
};
const pxeBit = (name: string, title: string, mask: number): Field =>
  flag(`${pxe}.discovery_control.${name}`, title, { at: 0, bytes: 1, mask, pattern: { width: 8, mask } });
const bootServers = {
  list: bytes(`${pxe}.boot_servers`, 'boot servers'),
  type: uint(`${pxe}.boot_servers.type`, 'Type', { values: bootServerTypes }),
  count: uint(`${pxe}.boot_servers.count`, 'IP count'),
  ip: ipv4(`${pxe}.boot_servers.ip`, 'IP'),
};
const bootMenu = {
  menu: bytes(`${pxe}.boot_menu`, 'boot menu'),
  type: uint(`${pxe}.boot_menu.type`, 'Type', {
    values: (value) => (value === 0 ? 'Local boot' : nameOf(bootServerTypes, value)),
  }),
  length: uint(`${pxe}.boot_menu.length`, 'Length'),
  description: string(`${pxe}.boot_menu.desc`, 'Description'),
};
const pxeEnd = uint(`${pxe}.end`, 'PXE Client End');
const pxePadding = uint(`${pxe}.padding`, 'Padding');
const pxeNumber = (name: string, title: string, size: number): Shape =>
  single(uint(`${pxe}.${name}`, title), size);
/** The firmware's own byte order. */
const pxePort = (name: string, title: string): Shape => {
  const field = uint(`${pxe}.${name}`, title);
  return custom(
    { field },
    (cursor) => void cursor.field(field, 2, u16le(cursor.frame, cursor.at)),
    (length) => length === 2,
  );
};
const pxeOptions: SubOptions = {
  fields: {
    code: uint(`${pxe}.suboption`, 'Option 43 Suboption', { text: codeText(pxeCodes) }),
    length: uint('dhcp.option.suboption_length', 'Length'),
    value: bytes(`${pxe}.value`, 'Value'),
  },
  single: (code) => (code === 0 ? pxePadding : code === 255 ? pxeEnd : undefined),
  shapes: {
    1: address(`${pxe}.mtftp_ip`, 'mtftp IP'),
    2: pxePort('mtftp_client_port', 'mtftp client port'),
    3: pxePort('mtftp_server_port', 'mtftp server port'),
    4: pxeNumber('mtftp_timeout', 'mtftp timeout', 1),
    5: pxeNumber('mtftp_delay', 'mtftp delay', 1),
    6: single(
      uint(`${pxe}.discovery_control`, 'discovery control', {
        show: 'hex',
        children: {
          broadcast: pxeBit('broadcast', 'Disable Broadcast', 0x01),
          multicast: pxeBit('multicast', 'Disable Multicast', 0x02),
          serverList: pxeBit('serverlist', 'Serverlist only', 0x04),
          bootstrap: pxeBit('bstrap', 'Bootstrap override', 0x08),
        },
      }),
      1,
    ),
    7: address(`${pxe}.multicast_address`, 'multicast address'),
    8: custom(bootServers, (cursor) => {
      cursor.group(bootServers.list, cursor.left, (inner) => {
        while (inner.left >= 3) {
          const count = inner.u8(2);
          inner.field(bootServers.type, 2);
          inner.field(bootServers.count, 1);
          for (let i = 0; i < count && inner.left >= 4; i++) inner.field(bootServers.ip, 4);
        }
      });
    }),
    9: custom(bootMenu, (cursor) => {
      cursor.group(bootMenu.menu, cursor.left, (inner) => {
        while (inner.left >= 3) {
          const length = inner.u8(2);
          inner.field(bootMenu.type, 2);
          inner.field(bootMenu.length, 1);
          inner.field(bootMenu.description, length);
        }
      });
    }),
    10: whole(
      bytes(`${pxe}.menu_prompt`, 'menu prompt', {
        children: {
          timeout: uint(`${pxe}.menu_prompt.timeout`, 'Timeout', { at: 0, bytes: 1 }),
          text: string(`${pxe}.menu_prompt.prompt`, 'Prompt', { at: 1, bytes: 'rest' }),
        },
      }),
    ),
    11: blob(`${pxe}.multicast_address_alloc`, 'multicast address alloc'),
    12: blob(`${pxe}.credential_types`, 'credential types'),
    71: single(
      bytes(`${pxe}.boot_item`, 'boot item', {
        children: {
          type: uint(`${pxe}.boot_item.type`, 'Type', { at: 0, bytes: 2 }),
          layer: bytes(`${pxe}.boot_item.layer`, 'Layer', { at: 2, bytes: 2 }),
        },
      }),
      4,
    ),
  },
};

const vendorValue = bytes('dhcp.option.vendor.value', 'Value');

/** Whose information an option 43 holds is said in option 60 of the same message. */
export function reportVendorInformation(cursor: FieldCursor, isPxe: boolean): void {
  if (isPxe) reportSubOptions(cursor, pxeOptions);
  else cursor.rest(vendorValue);
}
export const vendorInformation: Shape = custom({ vendorValue, ...subOptionFields(pxeOptions) }, (cursor) => {
  reportVendorInformation(cursor, false);
});
