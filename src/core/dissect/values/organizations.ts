/** Organization codes that LLC and LLDP headers are met with. The full IEEE registry is too large to carry. */
export const organizations: Readonly<Record<number, string>> = {
  0x000000: 'Officially Xerox, but 0:0:0:0:0:0 is more common',
  0x00000c: 'Cisco Systems, Inc',
  0x0000f8: 'Digital Equipment Corporation',
  0x00000f: 'NEXT, Inc.',
  0x0080c2: 'IEEE 802.1 Working Group',
  0x00120f: 'IEEE 802.3',
  0x00005e: 'ICANN, IANA Department',
  0x080007: 'Apple, Inc.',
};
