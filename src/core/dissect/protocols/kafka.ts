import { defineDissector } from '../dissector.js';
import { FieldCursor } from '../fieldCursor.js';
import { nameOf, string, uint } from '../field.js';
import type { Layer } from '../walk.js';

const port = 9092;
/** Length, key of the call, its version, correlation. */
const requestHead = 12;
const responseHead = 8;
/** Brokers take 100 MiB by default; more is not a length. */
const longestMessage = 1 << 28;

const calls: Readonly<Record<number, string>> = Object.fromEntries(
  [
    ...['Produce', 'Fetch', 'Offsets', 'Metadata', 'LeaderAndIsr', 'StopReplica', 'UpdateMetadata'],
    ...['ControlledShutdown', 'OffsetCommit', 'OffsetFetch', 'FindCoordinator', 'JoinGroup', 'Heartbeat'],
    ...[
      'LeaveGroup',
      'SyncGroup',
      'DescribeGroups',
      'ListGroups',
      'SaslHandshake',
      'ApiVersions',
      'CreateTopics',
    ],
    ...['DeleteTopics', 'DeleteRecords', 'InitProducerId', 'OffsetForLeaderEpoch', 'AddPartitionsToTxn'],
    ...['AddOffsetsToTxn', 'EndTxn', 'WriteTxnMarkers', 'TxnOffsetCommit', 'DescribeAcls', 'CreateAcls'],
    ...['DeleteAcls', 'DescribeConfigs', 'AlterConfigs', 'AlterReplicaLogDirs', 'DescribeLogDirs'],
    ...['SaslAuthenticate', 'CreatePartitions', 'CreateDelegationToken', 'RenewDelegationToken'],
    ...['ExpireDelegationToken', 'DescribeDelegationToken', 'DeleteGroups', 'ElectLeaders'],
    ...[
      'IncrementalAlterConfigs',
      'AlterPartitionReassignments',
      'ListPartitionReassignments',
      'OffsetDelete',
    ],
  ].map((name, key) => [key, name]),
);

const loose = {
  length: uint('kafka.len', 'Length'),
  call: uint('kafka.api_key', 'API Key', { values: calls }),
  version: uint('kafka.api_version', 'API Version'),
  correlation: uint('kafka.correlation_id', 'Correlation ID'),
  client: string('kafka.client_id', 'Client ID'),
};

const isFromServer = (layer: Layer): boolean => layer.before('tcp')?.u16(0) === port;
/** The call that a request makes. */
const callOf = (layer: Layer): string => nameOf(calls, layer.u16(4)) ?? `Unknown API key (${layer.u16(4)})`;

/** Kafka: which call a client makes, in which version; answers by the number of their request. */
export const kafka = defineDissector({
  id: 'kafka',
  title: 'Kafka',
  column: 'Kafka',
  spec: 'https://kafka.apache.org/protocol.html',
  claims: [{ table: 'tcp.port', keys: [port] }],
  fields: {},
  loose,

  measure(walk) {
    if (walk.limit - walk.start < responseHead) walk.isFragment();
    if (!walk.header(responseHead)) return;
    const claimed = 4 + walk.u32(0);
    // The middle of a message that began in a segment before.
    if (claimed < responseHead || claimed > longestMessage) {
      walk.isReally('data');
      return;
    }
    const left = walk.limit - walk.start;
    if (claimed > left) walk.isFragment();
    if (walk.header(claimed) && claimed < left) walk.nextIs('kafka');
  },

  heading: (layer) =>
    isFromServer(layer) || !layer.has(requestHead) ? '' : ` (${callOf(layer)} v${layer.u16(6)} Request)`,

  info(layer) {
    if (isFromServer(layer)) return 'Kafka Response (Undecoded, Request Missing)';
    return layer.has(requestHead) ? `Kafka ${callOf(layer)} v${layer.u16(6)} Request` : undefined;
  },

  extra(layer, emit) {
    const cursor = new FieldCursor(layer, emit, layer.start, layer.end);
    cursor.field(loose.length, 4);
    if (!isFromServer(layer)) {
      cursor.field(loose.call, 2);
      cursor.field(loose.version, 2);
    }
    cursor.field(loose.correlation, 4);
    if (isFromServer(layer) || cursor.left < 2) return;
    const size = cursor.u16();
    const frame = cursor.frame;
    const from = cursor.at + 2;
    if (size !== 0xffff && 2 + size <= cursor.left)
      cursor.field(loose.client, 2 + size, new TextDecoder().decode(frame.subarray(from, from + size)));
  },

  examples: [
    {
      title: 'what versions are there',
      hex: '0000000e 0012 0000 00000001 0004 636c6e74',
      fields: { 'kafka.api_key': 18, 'kafka.correlation_id': 1, 'kafka.client_id': 'clnt' },
      info: 'Kafka ApiVersions v0 Request',
    },
  ],
});
