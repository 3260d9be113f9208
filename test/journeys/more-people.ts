import { defaultPeople, MANAGER_OBJECT_ID, REQUESTER_OBJECT_ID } from '../../sandbox/chat/chat.ts';
import { readMessage, startJourney, type Journey } from '../support/journey.ts';
import type { Seat } from './steps.ts';

/** May ask, and may approve what others ask for. */
export const both = {
  key: 'both',
  name: 'Mara Quist',
  aadObjectId: '0d3f4b52-3333-4c1a-9a35-2f6f0c9d1e42',
  id: '29:1both',
  locale: 'en-US',
};
/** Has no role. */
export const stranger = {
  key: 'stranger',
  name: 'Tom Ferro',
  aadObjectId: '0d3f4b52-4444-4c1a-9a35-2f6f0c9d1e42',
  id: '29:1stranger',
  locale: 'en-US',
};

/** The everyday world, with somebody in it who has both roles, and somebody who has none. */
export const startWithMorePeople = (): Promise<Journey> =>
  startJourney({
    chat: { people: [...defaultPeople(), both, stranger] },
    env: {
      REQUESTERS: `${REQUESTER_OBJECT_ID},${both.aadObjectId}`,
      APPROVERS: `${MANAGER_OBJECT_ID},${both.aadObjectId}`,
    },
    installed: ['requester', 'manager', 'both', 'stranger'],
  });

/** What the bot writes to somebody because of what is done; waited for. */
export async function newMessages(
  { chat }: Pick<Journey, 'chat'>,
  { key }: Seat,
  act: () => Promise<unknown>,
): Promise<readonly string[]> {
  const ofBot = () => chat.messages(key).filter(({ from }) => from === 'bot');
  const before = ofBot().length;
  await act();
  await chat.until(key, () => ofBot().length > before);
  return ofBot().slice(before).map(readMessage);
}
