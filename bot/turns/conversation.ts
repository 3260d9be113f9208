import { ConversationState, type TurnContext } from 'botbuilder';
import {
  DialogContextError,
  DialogSet,
  DialogTurnStatus,
  type DialogContext,
  type DialogState,
} from '../../dialogs/sdk-dialogs.ts';
import type { Storage } from 'botbuilder';
import type { PressedButton } from '../../cards/actions.ts';
import { startOf, type RemoveRelationshipDialog } from '../../dialogs/remove-relationship-dialog.ts';
import { answerOf } from '../../dialogs/turn-facts.ts';

/** The dialogs of one-to-one chats. What a chat was in the middle of is a convenience: no effect depends on it. */
export interface Conversations {
  /** Begins the way to a removal; whatever the chat was in the middle of is left. */
  start(context: TurnContext, options: NonNullable<RemoveRelationshipDialog['shape']>['options']): Promise<void>;
  /** Hands a typed message to the dialog that waits for it. @returns whether there was one. */
  typed(context: TurnContext): Promise<boolean>;
  /** Whether a dialog waits for what is typed next. */
  isWaiting(context: TurnContext): Promise<boolean>;
  /** Hands over a pressed button; one that the waiting dialog does not expect begins where the button leads. */
  pressed(context: TurnContext, button: PressedButton): Promise<void>;
  /** @returns whether there was something to leave. */
  stop(context: TurnContext): Promise<boolean>;
}

export function createConversations(root: RemoveRelationshipDialog, storage: Storage): Conversations {
  const state = new ConversationState(storage);
  const dialogs = new DialogSet(state.createProperty<DialogState>('dialogs'));
  dialogs.add(root);

  const turn = async <T>(context: TurnContext, run: (dc: DialogContext) => Promise<T>): Promise<T> => {
    const dc = await dialogs.createContext(context);
    if (isOfAnotherVersion(dc)) await dc.cancelAllDialogs();
    const result = await run(dc).catch(throwItself);
    await state.saveChanges(context);
    return result;
  };

  return {
    start: (context, options) =>
      turn(context, async (dc) => {
        await dc.cancelAllDialogs();
        await dc.beginDialog(root.id, options);
      }),
    typed: (context) =>
      turn(context, async (dc) => {
        const { status } = await dc.continueDialog();
        return status !== DialogTurnStatus.empty;
      }),
    isWaiting: (context) => turn(context, (dc) => Promise.resolve(dc.activeDialog !== undefined)),
    pressed: (context, button) =>
      turn(context, async (dc) => {
        await dc.continueDialog();
        const options = startOf(button);
        if (answerOf(context) !== undefined || context.responded || options === undefined) return;
        await dc.cancelAllDialogs();
        await dc.beginDialog(root.id, options);
      }),
    stop: (context) =>
      turn(context, async (dc) => {
        const wasActive = dc.activeDialog !== undefined;
        await dc.cancelAllDialogs();
        return wasActive;
      }),
  };
}

/** The SDK puts what its dialogs throw into an error of its own, and whoever catches it asks what it was. */
function throwItself(error: unknown): never {
  throw error instanceof DialogContextError ? error.error : error;
}

/** Steps are stored by their number, so a chat that waits in another version of a dialog is not gone on with. */
const isOfAnotherVersion = (dc: DialogContext): boolean =>
  dc.activeDialog !== undefined && dc.findDialog(dc.activeDialog.id) === undefined;
