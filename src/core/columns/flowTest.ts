/** A part of a filter that is answered once for each flow. */
import { type RecordReader, RecordView } from '../capture/record.js';
import type { PacketTest, PacketView } from '../filter/fieldValues.js';
import { LayerViews } from '../filter/layerViews.js';
import type { TypedNode } from '../filter/typed.js';
import type { CaptureColumns } from './captureColumns.js';
import { connectives, opposite, verdict } from './kleene.js';
import { knowledge, knowledgeOf } from './knowledge.js';
import type { Specimen } from './specimen.js';

/** The test for flows with one stack of headers. */
interface Plan {
  /** The verdict, where it is the same for all these flows. */
  readonly fixed?: number;
  /** Looks at the specimen with the flow's key laid over. */
  readonly judge: () => number;
  /** Whether every packet of such flows has an answer, whatever it is. */
  readonly complete: boolean;
}

/** What all parts of a filter need to judge flows. */
export interface FlowContext {
  readonly columns: CaptureColumns;
  /** The test of a part of the filter, the same each time. */
  test(node: TypedNode): PacketTest;
  /** The specimen of a stack of headers. */
  specimen(stack: number): Specimen | undefined;
}

/**
 * Judges flows one after the other, each once. What is asked is asked of the filter itself, on a packet that stands for
 * the flow; where the flow does not tell, the verdict is that it is not known.
 */
export class FlowTest {
  /** Verdicts by flow number; those of flows 0 to `judged` are there. */
  verdicts = new Uint8Array(1024);
  /** Whether all flows judged so far have an answer. */
  complete = true;
  private judged = -1;
  /** By stack of headers: the plan without and the plan with a service on a port. */
  private readonly plans: (readonly [Plan, Plan] | undefined)[] = [];

  constructor(
    private readonly context: FlowContext,
    private readonly node: TypedNode,
  ) {}

  /** Judges the flows that there are by now. */
  update(): void {
    const { flows } = this.context.columns;
    if (this.judged >= flows.count) return;
    if (this.verdicts.length <= flows.count) {
      const more = new Uint8Array(Math.max(flows.count + 1, this.verdicts.length * 2));
      more.set(this.verdicts);
      this.verdicts = more;
    }
    for (let flow = this.judged + 1; flow <= flows.count; flow++) {
      const answer = this.judge(flow);
      this.verdicts[flow] = answer;
      if (answer === verdict.unknown && flow > 0) this.complete = false;
    }
    this.judged = flows.count;
  }

  private judge(flow: number): number {
    const { context } = this;
    const { flows } = context.columns;
    if (flow === 0) return this.node.kind === 'everything' ? verdict.yes : verdict.unknown;
    const stack = flows.stack(flow);
    const specimen = context.specimen(stack);
    if (!specimen) return verdict.unknown;
    const plans = (this.plans[stack] ??= [this.plan(specimen, false), this.plan(specimen, true)]);
    const [plain, served] = plans;
    if (plain.fixed !== undefined && plain.fixed === served.fixed) return plain.fixed;
    specimen.become(flows, flow);
    const plan = specimen.isServed ? served : plain;
    return plan.fixed ?? plan.judge();
  }

  private plan(specimen: Specimen, served: boolean): Plan {
    return planOf(this.node, specimen, served, this.context);
  }
}

function planOf(node: TypedNode, specimen: Specimen, served: boolean, context: FlowContext): Plan {
  switch (node.kind) {
    case 'everything':
      return fixedPlan(verdict.yes);
    case 'not': {
      const of = planOf(node.operand, specimen, served, context);
      if (of.fixed !== undefined) return fixedPlan(opposite(of.fixed));
      return of.complete
        ? asked(node, specimen, context)
        : { judge: () => opposite(of.judge()), complete: false };
    }
    case 'and':
    case 'or':
    case 'xor': {
      const table = connectives[node.kind];
      const left = planOf(node.left, specimen, served, context);
      const right = planOf(node.right, specimen, served, context);
      const combine = (one: number, two: number): number => table[3 * one + two] ?? verdict.unknown;
      for (const { fixed } of [left, right]) {
        // One side may decide alone: nothing that the other can be changes the outcome.
        if (fixed === undefined) continue;
        const outcomes = [verdict.no, verdict.yes, verdict.unknown].map((other) => combine(fixed, other));
        if (outcomes.every((outcome) => outcome === outcomes[0]))
          return fixedPlan(outcomes[0] ?? verdict.unknown);
      }
      if (left.fixed !== undefined && right.fixed !== undefined)
        return fixedPlan(combine(left.fixed, right.fixed));
      if (left.complete && right.complete) return asked(node, specimen, context);
      return {
        judge: () => combine(left.fixed ?? left.judge(), right.fixed ?? right.judge()),
        complete: false,
      };
    }
    default:
      switch (knowledgeOf(node, specimen, served)) {
        case knowledge.stack:
          return fixedPlan(asked(node, specimen, context).judge());
        case knowledge.flow:
          return asked(node, specimen, context);
        default:
          return fixedPlan(verdict.unknown);
      }
  }
}

function fixedPlan(fixed: number): Plan {
  return { fixed, judge: () => fixed, complete: fixed !== verdict.unknown };
}

function asked(node: TypedNode, specimen: Specimen, context: FlowContext): Plan {
  const passes = context.test(node);
  const packet = packetOf(specimen, context.columns.reader);
  return { judge: () => (passes(packet) ? verdict.yes : verdict.no), complete: true };
}

/** A specimen as a filter looks at it; of what the file knows of packets, nothing in it is true. */
export function packetOf({ walk }: Specimen, reader: RecordReader): PacketView {
  return { walk, facts: { number: 1, record: new RecordView(), reader }, views: new LayerViews() };
}
