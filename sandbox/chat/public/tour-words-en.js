/** What the tour says, in English. */
export const tourEnglish = {
  tour: 'Tour',
  tourHint: 'Two minutes through the whole job, and through what can go wrong',
  tourStep: 'Step {n} of {of}: {title}',
  tourDo: 'Do it',
  tourWorking: 'Working…',
  tourNext: 'Next',
  tourEnd: 'End the tour',
  tourFailed: 'This did not come in time. Look at the chats, and try once more, or close the tour.',
  tourAnswer: 'The bot answers: “{text}”',
  tourRemove: 'remove {name}',
  tourReason: 'They move to another provider at the end of the month.',

  tourBegin: 'a fresh start',
  tourBeginBefore:
    'Everything done on this page so far is thrown away: both chats, and what was changed in Partner Center.',
  tourBeginAfter:
    'Jonas, the requester, asks; Elena, the manager, decides; and beside them is what Partner Center really holds.',
  tourFind: 'what stands in the way?',
  tourFindBefore: 'Jonas asks the bot to remove Contoso Bakery. It reads everything the customer holds.',
  tourFindAfter: 'One list of all that blocks the removal, and for each line what clears it. Nothing was changed yet.',
  tourClear: 'clear it from here',
  tourClearBefore: 'Two legacy subscriptions block. Jonas suspends them, after a confirm view that says what it means.',
  tourClearAfter:
    'Each was suspended and read back; in Partner Center they are suspended, too. Only now “Request removal” is there.',
  tourAsk: 'ask a manager',
  tourAskBefore: 'Jonas gives a reason, and has to type the domain of the customer by hand.',
  tourAskAfter: 'Elena has a card with everything there is to know before she decides.',
  tourSelf: 'nobody decides on their own request',
  tourSelfBefore: 'Jonas is impatient: he gets hold of Elena’s card, and presses “Approve” himself.',
  tourSelfAfter: 'Who may decide is looked up for each click. Nothing was decided, and the try is on record.',
  tourApprove: 'approve it',
  tourApproveBefore:
    'Elena approves. The bot reads everything once more, removes the relationship, and looks whether the customer is really gone.',
  tourApproveAfter:
    'Both have a receipt: who asked, who approved, the id of the call, and how the customer can come back.',
  tourDrift: 'something changes meanwhile',
  tourDriftBefore:
    'Jonas asks for Fabrikam Bikes. Before Elena approves, somebody buys a subscription for them in Partner Center.',
  tourDriftAfter:
    'What was approved is not what is there: the approval is void, nothing was removed, and the card names the new subscription.',
  tourKill: 'the bot is killed',
  tourKillBefore:
    'Alpine Ski House: right after Elena’s yes, while the removal is under way, the bot is killed (kill -9).',
  tourKillAfter:
    'It started again, read what had really happened, and went on without another click: one removal, two receipts.',
  tourLost: 'nobody knows what happened',
  tourLostBefore:
    'Wide World Importers: Partner Center carries the removal out, but the connection breaks before it can say so, and its list is late.',
  tourLostAfter:
    'The card says that the outcome is unknown, not “done” and not “failed”, and sends nothing a second time under another id.',
  tourFound: 'and then it is known',
  tourFoundBefore: 'The bot keeps looking until the customer is gone from Partner Center’s list.',
  tourFoundAfter:
    'Now both have their receipts. Try things by hand: watch, dry run, decline, withdraw; or end the tour.',
};
