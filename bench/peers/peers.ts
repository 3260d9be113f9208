import type { PlainCaller } from './caller.ts';

/** Ways in which others suspend what a customer holds and end the relationship, one call after another. */
export const PEERS: Readonly<Record<Peer, (caller: PlainCaller) => Promise<void>>> = {
  /** As `Remove-PartnerResellerRelationship` does: each active one is read and suspended, and nothing is looked at afterwards. */
  powershell: (caller) => readAndSuspend(caller, false),

  /** The same, and each change is seen to have been made, as we do it. */
  powershellReadBack: (caller) => readAndSuspend(caller, true),

  /** As a tool for tenants does that is used a great deal (CIPP): what is to be done is done, and nothing is read on the way. */
  cipp: suspendUnread,

  /** As the SDK's sample of its features does: each is sent back as the list has it; in the end it looks, as the sample does after two minutes. */
  async sdkSample(caller) {
    await suspendUnread(caller);
    await caller.seeGone();
  },
};
export type Peer = 'powershell' | 'powershellReadBack' | 'cipp' | 'sdkSample';

async function readAndSuspend(caller: PlainCaller, seesEach: boolean): Promise<void> {
  for (const { id, status } of await caller.subscriptions()) {
    if (status !== 'active') continue;
    await caller.suspend(await caller.subscription(id));
    if (seesEach && (await caller.subscription(id)).status !== 'suspended') throw new Error(`${id} is not suspended`);
  }
  await caller.remove();
  if (seesEach) await caller.seeGone();
}

async function suspendUnread(caller: PlainCaller): Promise<void> {
  for (const subscription of await caller.subscriptions()) await caller.suspend(subscription);
  await caller.remove();
}
