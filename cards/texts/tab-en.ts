/** What the personal tab says, in English. Those that take no value are sent to its page as they are. */
export const tabEn = {
  'tab.title': 'Removal requests at a glance',
  'tab.sections': 'Sections of this page',
  'tab.loading': 'Reading…',
  'tab.retry': 'Try again',
  'tab.more': 'Show more',
  'tab.back': 'Back to the list',
  'tab.refresh': 'Refresh',
  'tab.requests': 'Requests',
  'tab.waiting': 'Waiting',
  'tab.blockers': 'Blockers',
  'tab.record': 'Record',

  'tab.show': 'Which requests',
  'tab.show-open': 'Open',
  'tab.show-waiting': 'Waiting for you',
  'tab.show-ended': 'Ended',
  'tab.month': 'Archived under',
  'tab.month-none': 'Not archived',
  'tab.by-state': 'Requests by state',
  'tab.state': 'State',
  'tab.none': 'There is nothing here.',
  'tab.none-so-far': 'None was found among the newest. Older ones may be there.',
  'tab.none-waiting': 'Nothing waits for you.',
  'tab.requester': 'Requester',
  'tab.approvers': 'Approvers',
  'tab.since': 'Since',
  'tab.until': 'Until',
  'tab.waits-for': 'Waits for',
  'tab.time-line': 'Time line',
  'tab.open-request': 'Show the request',
  'tab.receipt': 'Download the receipt as PDF',
  'tab.unread':
    '{count, plural, one {# request has not been read yet. Refresh in a moment.} other {# requests have not been read yet. Refresh in a moment.}}',
  'tab.newest-counted':
    '{count, plural, one {Only the newest request is} other {Only the newest # requests are}} counted by state.',
  'tab.newest-only': '{count, plural, one {Only the newest request is} other {Only the newest # requests are}} shown.',

  'tab.by-person': 'Who is waited for',
  'tab.person': 'Who',
  'tab.longest-first': 'What has waited for longest',
  'tab.more-waiting': '{count, plural, one {# more request waits.} other {# more requests wait.}}',
  'tab.wait-sending': 'to be sent',
  'tab.wait-decision': 'a decision',
  'tab.wait-sign-in': 'a sign-in',
  'tab.wait-remove-now': 'the word to remove now',
  'tab.wait-continuing': 'to be continued after a refusal',
  'tab.wait-day': 'its planned day',
  'tab.wait-partner-center': 'Partner Center',
  'tab.wait-outcome': 'somebody who finds out what became of it',
  'tab.wait-roles': 'the directory, which does not say who may do what',
  'tab.wait-clock': 'a clock that is right',
  'tab.wait-bot': 'me: I am at it',

  'tab.blockers-title': 'What stands in the way at watched customers',
  'tab.watched':
    '{count, plural, =0 {No customer is watched.} one {# customer is watched.} other {# customers are watched.}}',
  'tab.watched-cut': 'Only {count} of the watched customers were counted.',
  'tab.no-blockers': 'Nothing is known to stand in the way.',
  'tab.by-kind': 'By kind',
  'tab.kind': 'Kind',
  'tab.customers': 'Customers',
  'tab.purchases': 'Purchases',
  'tab.kind-before': 'seen by an earlier version',
  'tab.kind-unread': 'could not be read: {what}',
  'tab.clear':
    '{count, plural, one {At # customer nothing known stands in the way.} other {At # customers nothing known stands in the way.}}',
  'tab.incomplete':
    '{count, plural, one {At # customer something could not be read, so more may stand in the way.} other {At # customers something could not be read, so more may stand in the way.}}',
  'tab.not-looked':
    '{count, plural, one {# customer has not been looked at yet.} other {# customers have not been looked at yet.}}',
  'tab.looked-at': 'Looked at',
  'tab.oldest-look': 'The oldest look counted here:',

  'tab.from': 'From (UTC day)',
  'tab.to': 'To (UTC day)',
  'tab.number': 'Request number',
  'tab.customer-id': 'Tenant id of a customer',
  'tab.person-id': 'Object id of a person',
  'tab.action': 'What happened',
  'tab.any-action': 'Anything',
  'tab.search': 'Search',
  'tab.go-on': 'Search on',
  'tab.no-entries': 'No entry was found so far.',
  'tab.looked-back': 'Searched back to:',
  'tab.looked-all': 'Searched to the end.',
  'tab.looked-all-but': 'Searched to the end, but for what is named above.',
  'tab.left-out': 'Could not be read, so what is in it may be missing:',
  'tab.offered':
    '{count, plural, =0 {Nobody is offered by name yet.} one {Offered by name: the customer and the people of the newest request.} other {Offered by name: customers and people of the newest # requests.}} Everybody else is searched by id, also customers whose requests all ended more than {days} days ago.',
  'tab.unreadable':
    '{count, plural, one {# chain could not be read and was left out.} other {# chains could not be read and were left out.}}',
  'tab.export': 'Export',
  'tab.export-about':
    'Exports every entry of the days and the request chosen above, or the whole record where nothing is chosen. An export is not verified.',
  'tab.export-csv': 'Download as CSV',
  'tab.export-json': 'Download as JSON',
  'tab.export-recorded': 'Who searches or exports is recorded too.',

  'tab.error-sign-in':
    'Teams did not sign you in here. Open this tab anew; if that does not help, tell whoever runs this bot.',
  'tab.error-no-role':
    'You have no role here, so there is nothing to show you. Whoever runs this bot decides who has one.',
  'tab.error-not-an-auditor': 'Only auditors see the record. Whoever runs this bot decides who is one.',
  'tab.error-not-a-requester': 'Only requesters and auditors see which customers these are.',
  'tab.error-not-found': 'There is no such request, or you have no part in it.',
  'tab.error-malformed':
    'Something that was filled in cannot be read. Request numbers and object ids look like 8-4-4-4-12 digits and letters.',
  'tab.error-busy': 'One search or export of yours is still running. Wait for its end.',
  'tab.error-unavailable':
    'I cannot be reached, or could not read what you want. Nothing was changed. Try again in a moment.',
  'tab.error-roles-unread': 'I cannot read right now who may do what. Try again in a minute.',
  'tab.error-not-listed': 'I do not know yet which requests there are. Try again in a moment.',
  'tab.error-not-in-teams': 'Open this page as a tab of the app in Teams.',
} as const;

export type TabTexts = Readonly<Record<keyof typeof tabEn, string>>;
