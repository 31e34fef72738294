/**
 * Every protocol there is. To add one: a file in `protocols`, then its name here. All that is known of it (fields,
 * claims, examples, specification) is on the object, for the reference pages and for filters.
 */
import type { ClaimTable, Dissector } from './dissector.js';
import type { ClaimTables } from './walk.js';
import { ah } from './protocols/ah.js';
import { arp } from './protocols/arp.js';
import { bfd, bfdEcho } from './protocols/bfd.js';
import { bgp } from './protocols/bgp.js';
import { cmd } from './protocols/cmd.js';
import { data } from './protocols/data.js';
import { dhcp } from './protocols/dhcp.js';
import { dhcpv6 } from './protocols/dhcpv6.js';
import { erspan } from './protocols/erspan.js';
import { esp } from './protocols/esp.js';
import { dns, llmnr, mdns } from './protocols/dns.js';
import { eth } from './protocols/eth.js';
import { gtp } from './protocols/gtp.js';
import { ieee8021ad } from './protocols/ieee8021ad.js';
import { geneve } from './protocols/geneve.js';
import { gre } from './protocols/gre.js';
import { icmp } from './protocols/icmp.js';
import { icmpv6 } from './protocols/icmpv6.js';
import { igmp } from './protocols/igmp.js';
import { ip } from './protocols/ip.js';
import { ipcomp } from './protocols/ipcomp.js';
import { ipv6 } from './protocols/ipv6.js';
import { destinationOptions, fragmentHeader, hopByHop, routing } from './protocols/ipv6Extensions.js';
import { kafka } from './protocols/kafka.js';
import { slow, lacp } from './protocols/lacp.js';
import { ldap } from './protocols/ldap.js';
import { llc } from './protocols/llc.js';
import { lldp } from './protocols/lldp.js';
import { loop } from './protocols/loop.js';
import { memcache } from './protocols/memcache.js';
import { mpls } from './protocols/mpls.js';
import { mysql } from './protocols/mysql.js';
import { namedOnly } from './protocols/named.js';
import { nbns, nbdgm } from './protocols/nbns.js';
import { nbss, smb, smb2 } from './protocols/nbss.js';
import { nflog } from './protocols/nflog.js';
import { ntp } from './protocols/ntp.js';
import { nullLoopback } from './protocols/null.js';
import { ospf } from './protocols/ospf.js';
import { pgsql } from './protocols/pgsql.js';
import { pim } from './protocols/pim.js';
import { ppp } from './protocols/ppp.js';
import { ipcp, ipv6cp, lcp } from './protocols/pppControl.js';
import { pppoed, pppoes } from './protocols/pppoe.js';
import { pwach, pwethcw } from './protocols/pweth.js';
import { radius } from './protocols/radius.js';
import { raw } from './protocols/raw.js';
import { resp } from './protocols/resp.js';
import { sctp } from './protocols/sctp.js';
import { sip } from './protocols/sip.js';
import { sll } from './protocols/sll.js';
import { snmp } from './protocols/snmp.js';
import { ssdp } from './protocols/ssdp.js';
import { ssh } from './protocols/ssh.js';
import { stp } from './protocols/stp.js';
import { syslog } from './protocols/syslog.js';
import { tcp } from './protocols/tcp.js';
import { teredo } from './protocols/teredo.js';
import { udp } from './protocols/udp.js';
import { udpencap } from './protocols/udpencap.js';
import { udplite } from './protocols/udplite.js';
import { vlan } from './protocols/vlan.js';
import { vrrp } from './protocols/vrrp.js';
import { vxlan } from './protocols/vxlan.js';
import { wireguard } from './protocols/wireguard.js';

export const dissectors: readonly Dissector[] = [
  eth,
  vlan,
  ieee8021ad,
  llc,
  stp,
  lldp,
  slow,
  lacp,
  loop,
  sll,
  nullLoopback,
  raw,
  nflog,
  pppoes,
  pppoed,
  ppp,
  lcp,
  ipcp,
  ipv6cp,
  mpls,
  pwethcw,
  pwach,
  arp,
  ip,
  ipv6,
  hopByHop,
  routing,
  fragmentHeader,
  destinationOptions,
  ah,
  esp,
  gre,
  erspan,
  cmd,
  icmp,
  icmpv6,
  sctp,
  ospf,
  pim,
  igmp,
  vrrp,
  ipcomp,
  tcp,
  udp,
  udplite,
  vxlan,
  geneve,
  teredo,
  gtp,
  wireguard,
  udpencap,
  ...namedOnly,
  dns,
  mdns,
  llmnr,
  dhcp,
  dhcpv6,
  ntp,
  bgp,
  bfd,
  bfdEcho,
  syslog,
  ssh,
  snmp,
  sip,
  nbns,
  nbdgm,
  radius,
  memcache,
  resp,
  pgsql,
  mysql,
  kafka,
  ldap,
  nbss,
  smb,
  smb2,
  ssdp,
  data,
];

const byId = new Map(dissectors.map((dissector) => [dissector.id, dissector]));

/** An object, not a map of maps: this is asked several times for each frame. */
const byTable: Readonly<Record<ClaimTable, Map<number, Dissector>>> = {
  link: new Map(),
  ethertype: new Map(),
  'ip.proto': new Map(),
  'udp.port': new Map(),
  'tcp.port': new Map(),
  'llc.dsap': new Map(),
  'llc.cisco_pid': new Map(),
  'gre.proto': new Map(),
  'ppp.protocol': new Map(),
};
for (const dissector of dissectors)
  for (const { table, keys } of dissector.claims) for (const key of keys) byTable[table].set(key, dissector);

const byPattern = { udp: dissectors.filter(({ recognises }) => recognises?.over === 'udp') } as const;

/** Who follows whom, by the claims of {@link dissectors}. */
export const claimTables: ClaimTables = {
  find: (table, key) => byTable[table].get(key),
  patterns: (over) => byPattern[over],
  named(id) {
    const dissector = byId.get(id);
    if (!dissector) throw new Error(`no dissector is called ${id}`);
    return dissector;
  },
};
