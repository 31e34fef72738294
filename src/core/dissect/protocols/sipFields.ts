/** The fields of SIP: its lines, its headers by name, and what the main headers hold. */
import { type Field, label, string, uint } from '../field.js';

/** Headers whose names are known, as they are written (RFC 3261, section 20, and many since). */
const headerNames =
  'Accept Accept-Contact Accept-Encoding Accept-Language Accept-Resource-Priority Alert-Info Allow Allow-Events ' +
  'Answer-Mode Authentication-Info Authorization Call-ID Call-Info Contact Content-Disposition Content-Encoding ' +
  'Content-Language Content-Type CSeq Date Diversion Error-Info Event Feature-Caps Flow-Timer From Geolocation ' +
  'Geolocation-Error Geolocation-Routing History-Info Identity Info-Package In-Reply-To Join MIME-Version Min-Expires ' +
  'Min-SE Organization P-Access-Network-Info P-Asserted-Identity P-Asserted-Service P-Associated-URI P-Called-Party-ID ' +
  'P-Charging-Function-Addresses P-Charging-Vector P-Early-Media P-Preferred-Identity P-Preferred-Service ' +
  'P-Served-User P-Visited-Network-ID Path Priority Privacy Proxy-Authenticate Proxy-Authorization Proxy-Require RAck ' +
  'Reason Record-Route Recv-Info Refer-Sub Refer-To Reject-Contact Replaces Reply-To Request-Disposition Require ' +
  'Resource-Priority Route Security-Client Security-Server Security-Verify Server Service-Route Session-Expires ' +
  'Session-ID Subject Subscription-State Supported Target-Dialog Timestamp To Unsupported User-Agent Via Warning ' +
  'WWW-Authenticate';

/** One letter for the headers that each message has (RFC 3261, section 7.3.3). */
export const shortHeaders: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
};

/** Headers by their names in lower case. */
export const headers: ReadonlyMap<string, Field> = new Map([
  ...headerNames.split(' ').map((name): [string, Field] => [name.toLowerCase(), string(`sip.${name}`, name)]),
  ...['Content-Length', 'Expires', 'Max-Forwards', 'RSeq'].map((name): [string, Field] => [
    name.toLowerCase(),
    uint(`sip.${name}`, name),
  ]),
]);

/** Who an address names, and where that is. */
export interface AddressFields {
  readonly display?: Field;
  readonly address: Field;
  readonly user: Field;
  readonly host: Field;
  readonly port: Field;
  readonly tag?: Field;
  readonly parameter?: Field;
}

const party = (side: string): AddressFields => ({
  display: string(`sip.${side}.display.info`, `SIP ${side} display info`),
  address: string(`sip.${side}.addr`, `SIP ${side} address`),
  user: string(`sip.${side}.user`, `SIP ${side} address User Part`),
  host: string(`sip.${side}.host`, `SIP ${side} address Host Part`),
  port: string(`sip.${side}.port`, `SIP ${side} address Host Port`),
  tag: string(`sip.${side}.tag`, `SIP ${side} tag`),
});

export const addresses = {
  request: {
    address: string('sip.r-uri', 'Request-URI'),
    user: string('sip.r-uri.user', 'Request-URI User Part'),
    host: string('sip.r-uri.host', 'Request-URI Host Part'),
    port: string('sip.r-uri.port', 'Request-URI Host Port'),
  },
  from: party('from'),
  to: party('to'),
  contact: {
    display: string('sip.contact.display.info', 'SIP C-URI display info'),
    address: string('sip.contact.uri', 'Contact URI'),
    user: string('sip.contact.user', 'Contact URI User Part'),
    host: string('sip.contact.host', 'Contact URI Host Part'),
    port: string('sip.contact.port', 'Contact URI Host Port'),
    parameter: string('sip.contact.parameter', 'Contact parameter'),
  },
} satisfies Record<string, AddressFields>;

export const via = {
  transport: string('sip.Via.transport', 'Transport'),
  address: string('sip.Via.sent-by.address', 'Sent-by Address'),
  port: uint('sip.Via.sent-by.port', 'Sent-by port'),
};

/** Parameters of a Via header. */
export const viaParameters: Readonly<Record<string, Field>> = {
  branch: string('sip.Via.branch', 'Branch'),
  rport: string('sip.Via.rport', 'RPort'),
  received: string('sip.Via.received', 'Received'),
  maddr: string('sip.Via.maddr', 'Maddr'),
  ttl: string('sip.Via.ttl', 'TTL'),
};

/** Parameters of the headers that prove who one is. */
export const credentials: Readonly<Record<string, Field>> = {
  username: string('sip.auth.username', 'Username'),
  realm: string('sip.auth.realm', 'Realm'),
  nonce: string('sip.auth.nonce', 'Nonce Value'),
  uri: string('sip.auth.uri', 'Authentication URI'),
  response: string('sip.auth.digest.response', 'Digest Authentication Response'),
  algorithm: string('sip.auth.algorithm', 'Algorithm'),
  cnonce: string('sip.auth.cnonce', 'CNonce Value'),
  nc: string('sip.auth.nc', 'Nonce Count'),
  qop: string('sip.auth.qop', 'QOP'),
  opaque: string('sip.auth.opaque', 'Opaque Value'),
  domain: string('sip.auth.domain', 'Authentication Domain'),
  stale: string('sip.auth.stale', 'Stale Flag'),
};

export const parts = {
  requestLine: string('sip.Request-Line', 'Request-Line'),
  method: string('sip.Method', 'Method'),
  statusLine: string('sip.Status-Line', 'Status-Line'),
  statusCode: uint('sip.Status-Code', 'Status-Code'),
  header: label('sip.msg_hdr', 'Message Header'),
  unknown: label('', 'Header', { text: String }),
  body: label('sip.msg_body', 'Message Body'),
  sequence: uint('sip.CSeq.seq', 'Sequence Number'),
  sequenceMethod: string('sip.CSeq.method', 'Method'),
  callId: string('sip.call_id_generated', 'Generated Call-ID'),
  scheme: string('sip.auth.scheme', 'Authentication Scheme'),
};
