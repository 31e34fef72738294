/**
 * The options of DHCP, as IANA has them with Wireshark's names: what each is called and what its value looks like.
 * https://www.iana.org/assignments/bootp-dhcp-parameters
 */
import { bytes, ipv4, nameOf, string, uint } from '../field.js';
import {
  address,
  addresses,
  choice,
  number,
  numbers,
  repeated,
  seconds,
  sequence,
  type Shape,
  text,
} from '../shapes.js';
import { relayAgent, vendorInformation } from './dhcpSubOptions.js';
import {
  agents,
  authentication,
  civicLocation,
  classlessRoutes,
  clientIdentifier,
  clientName,
  domainSearch,
  moment,
  nameServices,
  networkInterface,
  pairs,
  rapidDeployment,
  resolverSelection,
  signed,
  sipServers,
  userClass,
  uuid,
  vendorClasses,
  vendorOptions,
} from './dhcpValues.js';

/** One option. Without a shape its value is shown as bytes. */
export interface DhcpOption {
  readonly title: string;
  readonly shape?: Shape;
}

const option = (title: string, shape?: Shape): DhcpOption => (shape ? { title, shape } : { title });

/** RFC 2132, section 9.6, RFC 3203, RFC 4388, RFC 6926 and RFC 7724. */
export const messageTypes: Readonly<Record<number, string>> = {
  1: 'Discover',
  2: 'Offer',
  3: 'Request',
  4: 'Decline',
  5: 'ACK',
  6: 'NAK',
  7: 'Release',
  8: 'Inform',
  9: 'Force Renew',
  10: 'Lease query',
  11: 'Lease Unassigned',
  12: 'Lease Unknown',
  13: 'Lease Active',
  14: 'Bulk Lease Query',
  15: 'Lease Query Done',
  16: 'Active LeaseQuery',
  17: 'Lease Query Status',
  18: 'TLS',
};

const overloads = {
  1: 'Boot file name holds options',
  2: 'Server host name holds options',
  3: 'Boot file and server host names hold options',
};

const leaseStatus = {
  0: 'Success',
  1: 'UpsecFail',
  2: 'QueryTerminated',
  3: 'MalformedQuery',
  4: 'NotAllowed',
};

/** RFC 4578 and IANA's processor architecture types. */
const architectures = {
  0: 'IA x86 PC',
  1: 'NEC/PC98',
  2: 'IA64 PC',
  3: 'DEC Alpha',
  4: 'ArcX86',
  5: 'Intel Lean Client',
  6: 'EFI IA32',
  7: 'EFI x64',
  8: 'EFI Xscale',
  9: 'EFI BC',
  10: 'ARM 32-bit UEFI',
  11: 'ARM 64-bit UEFI',
  12: 'PowerPC Open Firmware',
  13: 'PowerPC ePAPR',
  14: 'POWER OPAL v3',
  15: 'x86 UEFI HTTP',
  16: 'x64 UEFI HTTP',
  17: 'EBC UEFI HTTP',
  18: 'ARM 32-bit UEFI HTTP',
  19: 'ARM 64-bit UEFI HTTP',
  20: 'PC/AT HTTP',
  21: 'ARM 32-bit uboot',
  22: 'ARM 64-bit uboot',
  23: 'ARM 32-bit uboot HTTP',
  24: 'ARM 64-bit uboot HTTP',
  25: 'RISC-V 32-bit UEFI',
  26: 'RISC-V 32-bit UEFI HTTP',
  27: 'RISC-V 64-bit UEFI',
  28: 'RISC-V 64-bit UEFI HTTP',
  29: 'RISC-V 128-bit UEFI',
  30: 'RISC-V 128-bit UEFI HTTP',
  31: 's390 Basic',
  32: 's390 Extended',
};

const requested = uint('dhcp.option.request_list_item', 'Parameter Request List Item', {
  text: (value) => `(${value}) ${optionTitle(Number(value))}`,
});

const options: Readonly<Record<number, DhcpOption>> = {
  1: option('Subnet Mask', address('dhcp.option.subnet_mask', 'Subnet Mask')),
  2: option('Time Offset', signed('dhcp.option.time_offset', 'Time Offset')),
  3: option('Router', addresses('dhcp.option.router', 'Router')),
  4: option('Time Server', addresses('dhcp.option.time_server', 'Time Server')),
  5: option('Name Server', addresses('dhcp.option.name_server', 'Name Server')),
  6: option('Domain Name Server', addresses('dhcp.option.domain_name_server', 'Domain Name Server')),
  7: option('Log Server', addresses('dhcp.option.log_server', 'Log Server')),
  8: option('Quotes Server', addresses('dhcp.option.quotes_server', 'Quotes Server')),
  9: option('LPR Server', addresses('dhcp.option.lpr_server', 'LPR Server')),
  10: option('Impress Server', addresses('dhcp.option.impress_server', 'Impress Server')),
  11: option(
    'Resource Location Server',
    addresses('dhcp.option.resource_location_server', 'Resource Location Server'),
  ),
  12: option('Host Name', text('dhcp.option.hostname', 'Host Name')),
  13: option('Boot File Size', number('dhcp.option.boot_file_size', 'Boot File Size', 2)),
  14: option('Merit Dump File', text('dhcp.option.merit_dump_file', 'Merit Dump File')),
  15: option('Domain Name', text('dhcp.option.domain_name', 'Domain Name')),
  16: option('Swap Server', address('dhcp.option.swap_server', 'Swap Server')),
  17: option('Root Path', text('dhcp.option.root_path', 'Root Path')),
  18: option('Extensions Path', text('dhcp.option.extension_path', 'Extensions Path')),
  19: option(
    'IP Forwarding',
    choice('dhcp.option.ip_forwarding', 'IP Forwarding', { 1: 'Enabled', 0: 'Disabled' }),
  ),
  20: option(
    'Non-Local Source Routing',
    choice('dhcp.option.non_local_source_routing', 'Non-Local Source Routing', {
      1: 'Enabled',
      0: 'Disabled',
    }),
  ),
  21: option(
    'Policy Filter',
    pairs(
      ipv4('dhcp.option.policy_filter.ip', 'IP Address'),
      ipv4('dhcp.option.policy_filter.subnet_mask', 'Subnet Mask'),
    ),
  ),
  22: option(
    'Maximum Datagram Reassembly Size',
    number('dhcp.option.max_datagram_reassembly_size', 'Maximum Datagram Reassembly Size', 2),
  ),
  23: option('Default IP Time-to-Live', number('dhcp.option.default_ip_ttl', 'Default IP Time-to-Live', 1)),
  24: option(
    'Path MTU Aging Timeout',
    seconds('dhcp.option.path_mtu_aging_timeout', 'Path MTU Aging Timeout'),
  ),
  25: option(
    'Path MTU Plateau Table',
    numbers('dhcp.option.path_mtu_plateau_table_item', 'Path MTU Plateau Table Item', 2),
  ),
  26: option('Interface MTU', number('dhcp.option.interface_mtu', 'Interface MTU', 2)),
  27: option(
    'All Subnets are Local',
    choice('dhcp.option.all_subnets_are_local', 'All Subnets are Local', { 1: 'Yes', 0: 'No' }),
  ),
  28: option('Broadcast Address', address('dhcp.option.broadcast_address', 'Broadcast Address')),
  29: option(
    'Perform Mask Discovery',
    choice('dhcp.option.perform_mask_discovery', 'Perform Mask Discovery', { 1: 'Enabled', 0: 'Disabled' }),
  ),
  30: option('Mask Supplier', choice('dhcp.option.mask_supplier', 'Mask Supplier', { 1: 'Yes', 0: 'No' })),
  31: option(
    'Perform Router Discover',
    choice('dhcp.option.perform_router_discover', 'Perform Router Discover', { 1: 'Enabled', 0: 'Disabled' }),
  ),
  32: option(
    'Router Solicitation Address',
    address('dhcp.option.router_solicitation_address', 'Router Solicitation Address'),
  ),
  33: option(
    'Static Route',
    pairs(
      ipv4('dhcp.option.static_route.ip', 'Destination IP Address'),
      ipv4('dhcp.option.static_route.router', 'Destination Router'),
    ),
  ),
  34: option(
    'Trailer Encapsulation',
    choice('dhcp.option.trailer_encapsulation', 'Trailer Encapsulation', { 1: 'Enabled', 0: 'Disabled' }),
  ),
  35: option('ARP Cache Timeout', seconds('dhcp.option.arp_cache_timeout', 'ARP Cache Timeout')),
  36: option(
    'Ethernet Encapsulation',
    choice('dhcp.option.ethernet_encapsulation', 'Ethernet Encapsulation', { 1: 'Enabled', 0: 'Disabled' }),
  ),
  37: option('TCP Default TTL', number('dhcp.option.tcp_default_ttl', 'TCP Default TTL', 1)),
  38: option(
    'TCP Keepalive Interval',
    seconds('dhcp.option.tcp_keepalive_interval', 'TCP Keepalive Interval'),
  ),
  39: option(
    'TCP Keepalive Garbage',
    choice('dhcp.option.tcp_keepalive_garbage', 'TCP Keepalive Garbage', { 1: 'Enabled', 0: 'Disabled' }),
  ),
  40: option(
    'Network Information Service Domain',
    text('dhcp.option.nis_domain', 'Network Information Service Domain'),
  ),
  41: option(
    'Network Information Service Servers',
    addresses('dhcp.option.nis_server', 'Network Information Service Server'),
  ),
  42: option(
    'Network Time Protocol Servers',
    addresses('dhcp.option.ntp_server', 'Network Time Protocol Server'),
  ),
  43: option('Vendor-Specific Information', vendorInformation),
  44: option(
    'NetBIOS over TCP/IP Name Server',
    addresses('dhcp.option.netbios_over_tcpip_name_server', 'NetBIOS over TCP/IP Name Server'),
  ),
  45: option(
    'NetBIOS over TCP/IP Datagram Distribution Name Server',
    addresses(
      'dhcp.option.netbios_over_tcpip_dd_name_server',
      'NetBIOS over TCP/IP Datagram Distribution Name Server',
    ),
  ),
  46: option(
    'NetBIOS over TCP/IP Node Type',
    number('dhcp.option.netbios_over_tcpip_node_type', 'NetBIOS over TCP/IP Node Type', 1, {
      1: 'B-node',
      2: 'P-node',
      4: 'M-node',
      8: 'H-node',
    }),
  ),
  47: option(
    'NetBIOS over TCP/IP Scope',
    text('dhcp.option.netbios_over_tcpip_scope', 'NetBIOS over TCP/IP Scope'),
  ),
  48: option(
    'X Window System Font Server',
    addresses('dhcp.option.xwindows_system_font_server', 'X Window System Font Server'),
  ),
  49: option(
    'X Window System Display Manager',
    addresses('dhcp.option.xwindows_system_display_manager', 'X Window System Display Manager'),
  ),
  50: option('Requested IP Address', address('dhcp.option.requested_ip_address', 'Requested IP Address')),
  51: option('IP Address Lease Time', seconds('dhcp.option.ip_address_lease_time', 'IP Address Lease Time')),
  52: option('Option Overload', number('dhcp.option.option_overload', 'Option Overload', 1, overloads)),
  53: option('DHCP Message Type', number('dhcp.option.dhcp', 'DHCP', 1, messageTypes)),
  54: option('DHCP Server Identifier', address('dhcp.option.dhcp_server_id', 'DHCP Server Identifier')),
  55: option('Parameter Request List', repeated(requested, 1)),
  56: option('Message', text('dhcp.option.message', 'Message')),
  57: option(
    'Maximum DHCP Message Size',
    number('dhcp.option.dhcp_max_message_size', 'Maximum DHCP Message Size', 2),
  ),
  58: option('Renewal Time Value', seconds('dhcp.option.renewal_time_value', 'Renewal Time Value')),
  59: option('Rebinding Time Value', seconds('dhcp.option.rebinding_time_value', 'Rebinding Time Value')),
  60: option('Vendor class identifier', text('dhcp.option.vendor_class_id', 'Vendor class identifier')),
  61: option('Client identifier', clientIdentifier),
  62: option('Novell/Netware IP domain'),
  63: option('Novell Options'),
  64: option(
    'Network Information Service+ Domain',
    text('dhcp.option.nis_plus_domain', 'Network Information Service+ Domain'),
  ),
  65: option(
    'Network Information Service+ Servers',
    addresses('dhcp.option.nis_plus_server', 'Network Information Service+ Server'),
  ),
  66: option('TFTP Server Name', text('dhcp.option.tftp_server_name', 'TFTP Server Name')),
  67: option('Bootfile name', text('dhcp.option.bootfile_name', 'Bootfile name')),
  68: option('Mobile IP Home Agent', addresses('dhcp.option.mobile_ip_home_agent', 'Mobile IP Home Agent')),
  69: option('SMTP Server', addresses('dhcp.option.smtp_server', 'SMTP Server')),
  70: option('POP3 Server', addresses('dhcp.option.pop3_server', 'POP3 Server')),
  71: option('NNTP Server', addresses('dhcp.option.nntp_server', 'NNTP Server')),
  72: option('Default WWW Server', addresses('dhcp.option.default_www_server', 'Default WWW Server')),
  73: option(
    'Default Finger Server',
    addresses('dhcp.option.default_finger_server', 'Default Finger Server'),
  ),
  74: option('Default IRC Server', addresses('dhcp.option.default_irc_server', 'Default IRC Server')),
  75: option('StreetTalk Server', addresses('dhcp.option.streettalk_server', 'StreetTalk Server')),
  76: option(
    'StreetTalk Directory Assistance Server',
    addresses('dhcp.option.streettalk_da_server', 'StreetTalk Directory Assistance Server'),
  ),
  77: option('User Class Information', userClass),
  78: option('Directory Agent Information', agents),
  79: option(
    'Service Location Agent Scope',
    sequence(
      [
        uint('dhcp.option.slp_service_scope.value', 'Value', {
          values: { 0: 'Preferred Scope', 1: 'Mandatory Scope' },
        }),
        1,
      ],
      [string('dhcp.option.slp_service_scope.string', 'SLP Service Scope'), 'rest'],
    ),
  ),
  80: option('Rapid commit'),
  81: option('Client Fully Qualified Domain Name', clientName),
  82: option('Agent Information Option', relayAgent),
  83: option('iSNS'),
  85: option('Novell Directory Services Servers', addresses('dhcp.option.novell_dss.ip', 'IP Address')),
  86: option(
    'Novell Directory Services Tree Name',
    text('dhcp.option.novell_ds_tree_name', 'Novell Directory Services Tree Name'),
  ),
  87: option(
    'Novell Directory Services Context',
    text('dhcp.option.novell_ds_context', 'Novell Directory Services Context'),
  ),
  88: option('BCMCS Controller Domain Name'),
  89: option('BCMCS Controller IPv4 address'),
  90: option('Authentication', authentication),
  91: option(
    'Client last transaction time',
    seconds('dhcp.option.client_last_transaction_time', 'Client last transaction time'),
  ),
  92: option('Associated IP option', addresses('dhcp.option.associated_ip_option', 'Associated IP option')),
  93: option(
    'Client System Architecture',
    numbers('dhcp.option.client_system_architecture', 'Client System Architecture', 2, architectures),
  ),
  94: option('Client Network Device Interface', networkInterface),
  95: option('LDAP'),
  97: option('UUID/GUID-based Client Identifier', uuid),
  98: option("Open Group's User Authentication"),
  99: option('Civic Addresses Configuration', civicLocation),
  100: option('PCode', text('dhcp.option.tz_pcode', 'TZ PCode')),
  101: option('TCode', text('dhcp.option.tz_tcode', 'TZ TCode')),
  108: option('IPv6-Only Preferred'),
  112: option(
    'NetInfo Parent Server Address',
    addresses('dhcp.option.netinfo_parent_server_address', 'NetInfo Parent Server Address'),
  ),
  113: option(
    'NetInfo Parent Server Tag',
    text('dhcp.option.netinfo_parent_server_tag', 'NetInfo Parent Server Tag'),
  ),
  114: option('DHCP Captive-Portal', text('dhcp.option.captive_portal', 'Captive Portal')),
  116: option(
    'DHCP Auto-Configuration',
    number('dhcp.option.dhcp_auto_configuration', 'DHCP Auto-Configuration', 1, {
      0: 'DoNotAutoConfigure',
      1: 'AutoConfigure',
    }),
  ),
  117: option('Name Service Search', nameServices),
  118: option(
    'Subnet Selection Option',
    addresses('dhcp.option.subnet_selection_option', 'Subnet Selection Option'),
  ),
  119: option('Domain Search', domainSearch),
  120: option('SIP Servers', sipServers),
  121: option('Classless Static Route', classlessRoutes),
  122: option('CableLabs Client Configuration'),
  123: option('Coordinate-based Location Configuration'),
  124: option('V-I Vendor Class', vendorClasses),
  125: option('V-I Vendor-specific Information', vendorOptions),
  128: option('DOCSIS full security server IP'),
  129: option('PXE - undefined (vendor specific)'),
  130: option('PXE - undefined (vendor specific)'),
  131: option('PXE - undefined (vendor specific)'),
  132: option('PXE - undefined (vendor specific)'),
  133: option('PXE - undefined (vendor specific)'),
  134: option('PXE - undefined (vendor specific)'),
  135: option('PXE - undefined (vendor specific)'),
  136: option('PANA Authentication Agent', addresses('dhcp.option.pana_agent', 'PAA IPv4 Address')),
  137: option(
    'LoST Server Domain Name',
    text('dhcp.option.lost_server_domain_name', 'LoST Server Domain Name'),
  ),
  138: option(
    'CAPWAP Access Controllers',
    addresses('dhcp.option.capwap_access_controller', 'CAPWAP Access Controllers'),
  ),
  139: option('IPv4 Address-MoS'),
  140: option('IPv4 FQDN-MoS'),
  141: option('SIP UA Configuration Domains'),
  142: option('IPv4 Address ANDSF', addresses('dhcp.option.andsf_server', 'ANDSF Server')),
  143: option('Zerotouch Redirect'),
  144: option('Geospatial Location'),
  145: option(
    'Forcerenew Nonce Capable',
    numbers('dhcp.option.forcerenew_nonce.algorithm', 'Algorithm', 1, { 1: 'HMAC-MD5' }),
  ),
  146: option('RDNSS Selection', resolverSelection),
  150: option('TFTP Server Address', addresses('dhcp.option.tftp_server_address', 'TFTP Server Address')),
  151: option(
    'Leasequery Status code',
    sequence(
      [uint('dhcp.option.bulk_lease.status_code', 'Status Code', { values: leaseStatus }), 1],
      [string('dhcp.option.bulk_lease.status_code_message', 'Status Code Message'), 'rest'],
    ),
  ),
  152: option('Leasequery Base Time', moment('dhcp.option.bulk_lease.base_time', 'Base Time')),
  153: option(
    'Leasequery Start Time of State',
    seconds('dhcp.option.bulk_lease.start_time_of_state', 'Start Time Of State'),
  ),
  154: option(
    'Leasequery Query Start Time',
    moment('dhcp.option.bulk_lease.query_start_time', 'Query Start Time'),
  ),
  155: option('Leasequery Query End Time', moment('dhcp.option.bulk_lease.query_end_time', 'Query End Time')),
  156: option(
    'Leasequery Dhcp State',
    number('dhcp.option.bulk_lease.dhcp_state', 'Dhcp State', 1, {
      1: 'Available',
      2: 'Active',
      3: 'Expired',
      4: 'Released',
      5: 'Abandoned',
      6: 'Reset',
      7: 'Remote',
      8: 'Transitioning',
    }),
  ),
  157: option(
    'Leasequery Data Source',
    choice('dhcp.option.bulk_lease.data_source', 'Data Source', { 1: 'Remote', 0: 'Local' }),
  ),
  158: option('PCP Server'),
  159: option(
    'Portparams',
    sequence(
      [uint('dhcp.option.portparams.offset', 'Offset'), 1],
      [uint('dhcp.option.portparams.psid_length', 'PSID-Length'), 1],
      [bytes('dhcp.option.portparams.psid', 'PSID'), 2],
    ),
  ),
  160: option('Unassigned (ex DHCP Captive-Portal)', text('dhcp.option.captive_portal', 'Captive Portal')),
  161: option('Manufacturer Usage Description', text('dhcp.option.mudurl', 'MUDURL')),
  175: option('Etherboot'),
  176: option('IP Telephone'),
  177: option('Etherboot'),
  208: option('PXELINUX Magic'),
  209: option('PXE Configuration file', text('dhcp.option.pxe_config_file', 'PXELINUX configuration file')),
  210: option('PXE Path Prefix', text('dhcp.option.pxe_path_prefix', 'PXELINUX path prefix')),
  211: option('Reboot Time'),
  212: option('6RD', rapidDeployment),
  213: option('V4 Access Domain'),
  220: option('Subnet Allocation'),
  221: option('Virtual Subnet Selection'),
  242: option('Private/Avaya IP Telephone'),
  249: option('Private/Classless Static Route (Microsoft)', classlessRoutes),
  252: option(
    'Private/Proxy autodiscovery',
    text('dhcp.option.private_proxy_autodiscovery', 'Private/Proxy autodiscovery'),
  ),
};

/** `Router`; for the codes that anybody may use, what they are for. */
export function optionTitle(code: number): string {
  if (code === 0) return 'Padding';
  if (code === 255) return 'End';
  return nameOf(optionNames, code) ?? (code >= 224 ? 'Private' : 'Unassigned');
}

const optionNames: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(options).map(([code, { title }]) => [code, title]),
);

/** What the value of an option looks like, if that is known. */
export const optionShape = (code: number): Shape | undefined => options[code]?.shape;

/** Every shape there is. */
export const optionShapes = Object.values(options).map(({ shape }) => shape);
