/**
 * L7 records: what the proxy saw of HTTP, DNS, Kafka and other protocols.
 * Source: pkg/monitor/logrecord.go and pkg/proxy/accesslog of cilium/cilium, v0.13 to 1.21 development.
 */
import type { Example, MessageRow } from '../row.js';

/** The end of a record, by application protocol. */
interface Tail {
  readonly id: string;
  readonly title: string;
  /** What stands for `<l7>`. */
  readonly l7: string;
  readonly templates: readonly {
    readonly template: string;
    readonly since: string;
    readonly until?: string;
  }[];
  readonly about: string;
  readonly examples: readonly {
    readonly l7: string;
    readonly tail: string;
    readonly gives: Readonly<Record<string, string>>;
  }[];
}

const tails: readonly Tail[] = [
  {
    id: 'http',
    title: 'HTTP',
    l7: 'http',
    templates: [{ template: ' <method> <url> => <status:httpStatus>', since: '0.13' }],
    about: 'The status of a request is 0.',
    examples: [
      {
        l7: 'http',
        tail: 'GET http://web.demo.svc/api => 200',
        gives: { method: 'GET', url: 'http://web.demo.svc/api', status: '200' },
      },
    ],
  },
  {
    id: 'dns',
    title: 'DNS',
    l7: 'dns',
    templates: [
      {
        template:
          " DNS <dnsSource>: <query:name>[ <recordTypes:dnsTypes>][ TTL: <ttl:dnsTtl> Answer: '<answers:quotedText>'[ CNAMEs: <cnames:text>]]",
        since: '1.4',
      },
    ],
    about: 'proxy, Proxy and Poll name what made the record.',
    examples: [
      {
        l7: 'dns',
        tail: 'DNS Query: jenkins.cilium.io. A',
        gives: { dnsSource: 'Query', query: 'jenkins.cilium.io.', recordTypes: 'A' },
      },
      {
        l7: 'dns',
        tail: "DNS proxy: jenkins.cilium.io. A TTL: 30 Answer: '192.0.2.4,192.0.2.5' CNAMEs: a.example.,b.example.",
        gives: {
          dnsSource: 'proxy',
          ttl: '30',
          answers: '192.0.2.4,192.0.2.5',
          cnames: 'a.example.,b.example.',
        },
      },
      {
        l7: 'dns',
        tail: "DNS standalone-proxy: nope.example. AAAA TTL: 4294967295 Answer: ''",
        gives: { ttl: '4294967295', answers: '' },
      },
    ],
  },
  {
    id: 'kafka',
    title: 'Kafka',
    l7: 'kafka',
    templates: [
      { template: ' <apiKey:name> topic <topic:name> => <errorCode:number>', since: '0.13', until: '1.19' },
    ],
    about: 'The error code of a request is 0.',
    examples: [
      {
        l7: 'kafka',
        tail: 'produce topic deathstar-plans => 0',
        gives: { apiKey: 'produce', topic: 'deathstar-plans', errorCode: '0' },
      },
    ],
  },
  {
    id: 'generic',
    title: 'Application protocol',
    l7: '<l7:genericL7>',
    templates: [{ template: '[ <details:text>]', since: '1.3' }],
    about: 'A generic parser wrote the fields, in any order.',
    examples: [
      { l7: 'cassandra', tail: 'query_action:select query_table:t', gives: { l7: 'cassandra' } },
      { l7: 'unknown-l7', tail: '', gives: { l7: 'unknown-l7' } },
    ],
  },
];

const identities = 'identity <srcIdentity>-><dstIdentity>, verdict <verdict:proxyVerdict>';
const request = `from <fromEndpoint:endpoint> (<fromLabels:labels>) to <toEndpoint:endpoint> (<toLabels:labels>), ${identities}`;
const response = `to <toEndpoint:endpoint> (<toLabels:labels>) from <fromEndpoint:endpoint> (<fromLabels:labels>), ${identities}`;
const directions = ['<-', '->', '??'];

function examplesOf(tail: Tail, isRequest: boolean): readonly Example[] {
  const what = isRequest ? 'Request' : 'Response';
  const ends = isRequest
    ? ['from 3855 ([k8s:app=a k8s:org=b]) to 0 ([reserved:world])']
    : ['to 3855 ([k8s:app=a]) from 0 ([])', 'from 0 ([]) to 3855 ([k8s:app=a])'];
  return tail.examples.flatMap(({ l7, tail: end, gives }, i) =>
    ends.map((between) => ({
      line: `${directions[i % 3] ?? '<-'} ${what} ${l7} ${between}, identity 3352->2, verdict Forwarded ${end}`,
      gives: { fromEndpoint: isRequest ? '3855' : '0', verdict: 'Forwarded', ...gives },
    })),
  );
}

/** Requests and responses of each application protocol. */
export const l7Messages: readonly MessageRow[] = tails.flatMap((tail) =>
  [true, false].map((isRequest): MessageRow => {
    const what = isRequest ? 'Request' : 'Response';
    return {
      id: `${tail.id}-${what.toLowerCase()}`,
      kind: 'l7',
      cilium: 'LogRecordNotify',
      carrier: 'line',
      title: `${tail.title} ${what.toLowerCase()}`,
      forms: tail.templates.flatMap((end) => {
        const begins = `<observed:l7Direction> ${what} ${tail.l7}`;
        const current = { ...end, template: `${begins} ${isRequest ? request : response}${end.template}` };
        // Responses used the form of requests until a patch release of 1.4.
        const old = { ...end, until: '1.4', template: `${begins} ${request}${end.template}` };
        return isRequest ? [current] : [current, old];
      }),
      about: `The L7 proxy saw ${isRequest ? 'a request' : 'a response'} (${tail.title}). ${tail.about}`,
      story: isRequest
        ? [
            'The proxy saw a request from endpoint {fromEndpoint} to endpoint {toEndpoint}: {verdict}. {method} {url}, status {status}.',
            'The proxy saw a DNS request from endpoint {fromEndpoint} for {query}: {verdict}.',
            'The proxy saw a request from endpoint {fromEndpoint} to endpoint {toEndpoint}: {verdict}.',
          ]
        : [
            'The proxy saw the response of endpoint {fromEndpoint} to endpoint {toEndpoint}: {verdict}. {method} {url}, status {status}.',
            'The proxy saw the DNS answer for {query}, asked by endpoint {toEndpoint}: {verdict}.',
            'The proxy saw the response of endpoint {fromEndpoint} to endpoint {toEndpoint}: {verdict}.',
          ],
      checks: [
        {
          field: 'verdict',
          is: ['Denied'],
          check: 'Compare the request with the L7 rules of the policy.',
        },
      ],
      link: 'https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples',
      examples: examplesOf(tail, isRequest),
    };
  }),
);
