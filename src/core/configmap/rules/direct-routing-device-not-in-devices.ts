import { checkedFix, defineRule, relatedTo, valueRange, word } from '../rule.js';
import { splitWords } from '../values.js';

/** Whether a pattern of `devices` takes a device: `+` at the end stands for any rest, `!` in front excludes. */
function takes(pattern: string, device: string): boolean {
  return pattern.endsWith('+') ? device.startsWith(pattern.slice(0, -1)) : pattern === device;
}

export const directRoutingDeviceNotInDevices = defineRule({
  id: 'direct-routing-device-not-in-devices',
  severity: 'warning',
  summary: '`direct-routing-device` is one of `devices`',
  why: 'The agent adds the device in old versions; in new ones a device outside the selected set is not found and kube-proxy replacement, WireGuard or masquerading fail to start.',
  versions: '1.8 and later',
  evidence:
    'kube_proxy_replacement.go 1.8 (adds it); daemon/cmd/daemon.go 1.20 (needs a known device). Exact behaviour from 1.16 on NOT verified.',
  examples: [
    {
      version: '1.16',
      bad: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          devices: "eth0"
          direct-routing-device: "eth1"
        #                        ^^^^^^
      `,
      good: `
        data:
          routing-mode: "native"
          ipv4-native-routing-cidr: "10.42.0.0/16"
          devices: "eth0 eth1"
          direct-routing-device: "eth1"
      `,
    },
  ],

  check({ edit, report, settings: s }) {
    const device = s.given('direct-routing-device');
    const devices = s.given('devices');
    if (s.version < 108 || !device?.value || !devices?.value || s.on('force-device-detection')) return;
    const name = device.value;
    const patterns = splitWords(devices.value);
    const isPattern = name.endsWith('+');
    if (
      isPattern ||
      patterns.every((pattern) => pattern.startsWith('!')) ||
      patterns.some((pattern) => takes(pattern, name))
    )
      return;
    report({
      range: valueRange(device),
      message: `\`direct-routing-device\` ${word(name)} is not among \`devices\` (${word(devices.value)}): Cilium may not find it, and then services, WireGuard or masquerading do not start.`,
      related: [relatedTo(devices, 'The devices Cilium uses')],
      fixes: [
        checkedFix(`Add ${word(name)} to \`devices\``, edit.setValue(devices, `${devices.value} ${name}`)),
      ],
    });
  },
});
