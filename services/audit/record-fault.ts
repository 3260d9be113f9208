import type { Instant } from '../clock.ts';
import type { AuditVerdict } from './audit-chain.ts';
import type { CheckpointPlace } from './checkpoint.ts';

/** What is wrong with the record, one fault a place. */
export type RecordFault =
  /** Its file is there and is not what we write. */
  | { readonly kind: 'unreadable'; readonly chain: string; readonly why: string }
  | ({ readonly kind: 'broken'; readonly chain: string } & Pick<Broken, 'at' | 'why'>)
  /** A partition that begins with an entry, and has none. */
  | { readonly kind: 'empty'; readonly chain: string }
  /** A checkpoint has covered it, and it is not there. */
  | { readonly kind: 'missing'; readonly chain: string; readonly entries: number; readonly checkpoint: CheckpointPlace }
  /** It is shorter than when a checkpoint covered it: an older copy was put back. */
  | { readonly kind: 'rolled-back'; readonly chain: string; readonly at: number; readonly checkpoint: CheckpointPlace }
  /** It has other entries than when a checkpoint covered it. */
  | { readonly kind: 'rewritten'; readonly chain: string; readonly at: number; readonly checkpoint: CheckpointPlace }
  /** It was deleted as at the end of its time, which cannot have come. */
  | { readonly kind: 'buried-early'; readonly chain: string; readonly begunAt: Instant }
  | { readonly kind: 'no-checkpoint'; readonly chain: string; readonly at: number }
  /** The day of checkpoints before it is missing, or is another one. */
  | { readonly kind: 'not-following'; readonly chain: string; readonly after: string | undefined }
  | {
      readonly kind: 'miscounted';
      readonly chain: string;
      readonly at: number;
      readonly says: number;
      readonly counted: number;
    }
  /** A chain names the checkpoint that covered it, and there is none. */
  | { readonly kind: 'checkpoint-missing'; readonly chain: string; readonly checkpoint: CheckpointPlace }
  /** What was kept elsewhere is nowhere in this record. */
  | { readonly kind: 'anchor-missing'; readonly anchor: string };

type Broken = Extract<AuditVerdict, { readonly kind: 'broken' }>;

const WHY: Readonly<Record<Broken['why'], string>> = {
  missing: 'the entry is missing',
  edited: 'the entry was edited, or the key is another one',
  'out-of-order': 'the entry is out of order',
  cut: 'the end is cut off from here',
  head: 'the head does not fit the last entry',
};

/** A fault in one line: which chain, which entry, what. */
export function faultLine(fault: RecordFault): string {
  switch (fault.kind) {
    case 'unreadable':
      return `${fault.chain}: cannot be read: ${fault.why}`;
    case 'broken':
      return `${fault.chain}: entry ${fault.at}: ${WHY[fault.why]}`;
    case 'empty':
      return `${fault.chain}: its entries are gone`;
    case 'missing':
      return `${fault.chain}: missing, and up to entry ${fault.entries} covered by ${placeText(fault.checkpoint)}`;
    case 'rolled-back':
      return `${fault.chain}: entry ${fault.at}: not there any more, and covered by ${placeText(fault.checkpoint)}: an older copy was put back`;
    case 'rewritten':
      return `${fault.chain}: entry ${fault.at}: another one than was covered by ${placeText(fault.checkpoint)}`;
    case 'buried-early':
      return `${fault.chain}: deleted as at the end of its time, and begun on ${fault.begunAt}`;
    case 'no-checkpoint':
      return `${fault.chain}: entry ${fault.at}: is no checkpoint`;
    case 'not-following':
      return `${fault.chain}: entry 1: follows ${fault.after ?? 'nothing'}, which is not what is there before it`;
    case 'miscounted':
      return `${fault.chain}: entry ${fault.at}: counts ${fault.says} chains, where ${fault.counted} were covered`;
    case 'checkpoint-missing':
      return `${fault.chain}: was covered by ${placeText(fault.checkpoint)}, which is missing`;
    case 'anchor-missing':
      return `anchor ${fault.anchor}: is nowhere in this record: it was rolled back or written anew, or is another one`;
  }
}

const placeText = ({ chain, seq }: CheckpointPlace): string => `${chain} entry ${seq}`;
