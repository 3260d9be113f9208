import type { TurnContext } from 'botbuilder';
import { factsOf, say } from '../../dialogs/turn-facts.ts';
import type { Batches } from '../../services/batches/batches.ts';
import { isBeingRead } from '../../services/batches/batch-rules.ts';
import { readCustomerList, type CustomerList } from '../../services/batches/customer-list.ts';
import { attachedFile, type AttachedFile, type FileText } from '../channel/attached-file.ts';

export interface BatchWordsParts {
  readonly batches: Pick<Batches, 'begin' | 'newestOf' | 'showAgain'>;
  readonly readFile: (file: AttachedFile) => Promise<FileText>;
}

/** Begins with the customers that a text or an attached file lists; without any, the newest list comes again, or how to begin is said. */
export type BatchWords = (context: TurnContext, text: string) => Promise<void>;

/** The card itself comes through the outbox, as everything that has to be seen after a crash does. */
export const createBatchWords =
  ({ batches, readFile }: BatchWordsParts): BatchWords =>
  async (context, text) => {
    const { person, texts } = factsOf(context);
    const file = attachedFile(context.activity.attachments);
    const read = file === undefined ? undefined : await readFile(file);
    if (read?.kind === 'refused') return say(context, texts.say(`batch.file-${read.why}`));
    const list = readCustomerList(read === undefined ? text : read.text);
    const newest = await batches.newestOf(person.id);
    if (isFilled(list)) {
      if (newest === undefined || !isBeingRead(newest)) {
        await batches.begin(person, list);
        return;
      }
      // One list after the other: reading is what Partner Center takes in a minute.
      await say(context, texts.say('batch.still-reading'));
      await batches.showAgain(newest);
      return;
    }
    if (read !== undefined) return say(context, texts.say('batch.file-empty'));
    await say(context, texts.say('batch.how'));
    if (newest !== undefined) await batches.showAgain(newest);
  };

const isFilled = ({ lines }: CustomerList): boolean => lines.length > 0;
