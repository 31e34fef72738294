import { identityTitle } from '../../cilium/identities.js';
import { defineDissector } from '../dissector.js';
import { flag, readUint, trueOrFalse, uint } from '../field.js';
import type { Layer } from '../walk.js';

const hasPolicy = flag('vxlan.flag_g', 'GBP Extension', {
  at: 0,
  bytes: 2,
  mask: 0x8000,
  values: { 0: 'Not defined', 1: 'Defined' },
});
const hasVni = flag('vxlan.flag_i', 'VXLAN Network ID (VNI)', {
  at: 0,
  bytes: 2,
  mask: 0x0800,
  values: trueOrFalse,
});
const vni = uint('vxlan.vni', 'VXLAN Network Identifier (VNI)', { at: 4, bytes: 3 });

const vniOf = (layer: Layer): number => readUint(layer.frame, layer.start, vni);

/** The default port of Linux and of Cilium; 4789 is the one IANA gave. */
const linuxPort = 8472;

/**
 * VXLAN. Cilium's usual tunnel: it puts the source's security identity in the VNI, so every VNI is shown as one too.
 * The group policy extension is draft-smith-vxlan-group-policy.
 */
export const vxlan = defineDissector({
  id: 'vxlan',
  title: 'Virtual eXtensible Local Area Network',
  column: 'VXLAN',
  spec: 'https://www.rfc-editor.org/rfc/rfc7348',
  claims: [{ table: 'udp.port', keys: [4789, linuxPort] }],
  carriesPackets: true,
  fields: {
    flags: uint('vxlan.flags', 'Flags', {
      at: 0,
      bytes: 2,
      show: 'hex',
      note: (value) => flagNames(Number(value)),
      children: {
        hasPolicy,
        hasVni,
        dontLearn: flag('vxlan.flag_d', "Don't Learn", {
          at: 0,
          bytes: 2,
          mask: 0x0040,
          values: trueOrFalse,
        }),
        policyApplied: flag('vxlan.flag_a', 'Policy Applied', {
          at: 0,
          bytes: 2,
          mask: 0x0008,
          values: trueOrFalse,
        }),
        reserved: uint('vxlan.flags_reserved', 'Reserved(R)', {
          at: 0,
          bytes: 2,
          mask: 0x77b7,
          show: 'hex',
        }),
      },
    }),
    policyGroup: uint('vxlan.gbp', 'Group Policy ID', { at: 2, bytes: 2 }),
    vni,
    identity: uint('cilium.identity', 'Security identity', {
      at: 4,
      bytes: 3,
      generated: true,
      text: (value) => `${value} (${identityTitle(Number(value))})`,
    }),
    reserved: uint('vxlan.reserved8', 'Reserved', { at: 7, bytes: 1 }),
  },

  measure(walk) {
    if (walk.header(8)) walk.nextIs('eth');
  },

  info: (layer) => (layer.has(8) ? `VNI ${vniOf(layer)}` : undefined),
  infoSuffix(layer) {
    const udp = layer.before('udp');
    const isCilium = udp !== undefined && (udp.u16(0) === linuxPort || udp.u16(2) === linuxPort);
    return isCilium && layer.has(8)
      ? ` [identity ${vniOf(layer)} (${identityTitle(vniOf(layer))})]`
      : undefined;
  },

  examples: [
    {
      title: 'from the world',
      hex: '0800 0000 000002 00',
      fields: { 'vxlan.flag_i': 1, 'vxlan.vni': 2, 'cilium.identity': 2 },
    },
    {
      title: 'with a policy group',
      hex: '8808 0123 000064 00',
      fields: { 'vxlan.flag_g': 1, 'vxlan.flag_a': 1, 'vxlan.gbp': 0x123, 'vxlan.vni': 100 },
    },
  ],
});

function flagNames(flags: number): string {
  const names = [
    flags & 0x8000 ? 'GBP Extension' : '',
    flags & 0x0800 ? 'VXLAN Network ID (VNI)' : '',
    flags & 0x0040 ? "Don't Learn" : '',
    flags & 0x0008 ? 'Policy Applied' : '',
  ].filter((name) => name !== '');
  return names.length > 0 ? `, ${names.join(', ')}` : '';
}
