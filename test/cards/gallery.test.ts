import assert from 'node:assert/strict';
import AC from 'adaptivecards/dist/adaptivecards.js';
import { cardActions, readButton, type Verb } from '../../cards/actions.ts';
import { lineTitle } from '../../cards/holding-lines.ts';
import { LINKS } from '../../cards/links.ts';
import { LANGUAGES, textsFor } from '../../cards/texts/texts.ts';
import { MARK } from './foreign-texts.ts';
import { gallery, type Hung } from './gallery.ts';
import { COME_BACK_URL } from './request-records.ts';
import { buttonsOf, everythingSaid, nodesOf, ofType, readingOf, titlesOf, type Node, type Said } from './walk.ts';

/** Titles that guides and people's habits rely on. */
const TITLES: readonly (string | RegExp)[] = [
  ...['Remove a customer', 'Choose', 'Search', 'More', 'Back', 'Suspend', 'Check again', 'Request removal'],
  ...[
    'My requests',
    'Open ones',
    'Waiting for you',
    'Ended ones',
    'All of them',
    'Show the request',
    'Choose a customer',
    'Send request',
    'Withdraw',
    'Sign in',
    'Sign in and remove',
    'Sign in and send',
    'Remove now',
    'Approve',
    'Close',
    'Decline',
    'Pass to another approver',
    'Ask again',
    'Continue',
    'Show',
    'Earlier',
    'Later',
    'Its record',
    'Overview',
    'Time line',
    'Newest',
    'Details',
    'Previous',
    'Next',
    'Stop',
  ],
  'Drop this draft',
  ...['Reactivate', 'Reactivate all', 'Turn off auto-renew', 'Suspend access only'],
  ...[
    'Open Partner Center',
    'Open the link',
    'Suspend anyway',
    'Open the Azure portal',
    'Watch',
    'Stop watching',
    'Dry run',
  ],
  ...['Done', 'Not done', 'Receipt as PDF', 'Notice to the customer', 'English', 'Deutsch', 'Français', 'Русский'],
  ...['What you can write', 'What waits for me'],
  ...['Cancel subscription', 'Cancel order', 'Cancel now', 'Sign in and cancel'],
  /^Cancel [1-9]\d* purchases?$/,
  /^Suspend [1-9]\d* legacy subscriptions?$/,
  /^Request [1-9]\d* removals?$/,
  /^Send [1-9]\d* requests?$/,
  /^Suspend for [1-9]\d* customers?$/,
  /^Yes, (suspend|reactivate|turn off auto-renew|approve|decline|pass it on|cancel|withdraw|remove|close|stop|drop it)$/,
];
const INPUTS = ['Input.Text', 'Input.ChoiceSet', 'Input.Toggle'];
const INPUT_IDS = [
  'customer',
  'search',
  'reason',
  'domain',
  'count',
  'ticket',
  'comment',
  'approver',
  'instead',
  'notice',
  'nextProvider',
  'holdings',
  'endDelegatedAdmin',
  'text',
];
/** What a button may hold besides its verb: who or what it is about, what for, and which showing of the card it is on. */
const HELD = [
  ...['personId', 'from', 'to', 'after'],
  'filter',
  'verb',
  'requestId',
  'batchId',
  'customerId',
  'holdingId',
  'nonce',
  'page',
  'reseller',
  'then',
  'point',
  'language',
];
const MOST_BYTES = 28 * 1_024;

/** What the bot understands and no card offers. */
const ON_NO_CARD: readonly string[] = [];
/** Where our own links lead; there is no other. */
/** The last one comes from Partner Center, and is known to be Microsoft's. */
/** At a request, by its number alone. */
const IN_TAB =
  /^https:\/\/teams\.microsoft\.com\/l\/entity\/[0-9a-f-]{36}\/overview(\?context=%7B%22subEntityId%22%3A%22[\w-]+%22%7D)?$/;
const PLACES: readonly string[] = [...Object.values(LINKS), COME_BACK_URL];

/** Reading takes its time, and whose texts they are makes no difference to the library. */
const LIBRARY_READS = /everyday|link|template/;
/** One is enough to know, and some more help to see why. */
const SHOWN_FAULTS = 10;

/** Cards that break a rule, by name, each with what is wrong with it. */
function wrong(rule: (hung: Hung) => readonly unknown[], cards: readonly Hung[] = gallery): readonly string[] {
  return cards
    .flatMap((hung) => rule(hung).map((what) => `${hung.name}: ${JSON.stringify(what)}`))
    .slice(0, SHOWN_FAULTS);
}

const LETTERS_FIRST = /^\p{L}+(?![\p{L}\p{N}])/u;
const LETTERS_LAST = /(?<![\p{L}\p{N}])\p{L}+$/u;

const executes = ({ card }: Hung): readonly Node[] => ofType(card, 'Action.Execute');
const dataOf = (action: Node): Node => action['data'] as Node;

describe('every card the bot can send', () => {
  it('is there to be looked at', () => {
    const verbs = new Set(gallery.flatMap(executes).map(({ verb }) => verb));

    const known = Object.keys(cardActions);
    assert.deepEqual(
      known.filter((verb) => !verbs.has(verb) && !ON_NO_CARD.includes(verb)),
      [],
    );
  });

  it('is a card of version 1.5 in the language of its reader', () => {
    assert.deepEqual(
      wrong(({ card, language }) => {
        const { version, lang }: { readonly version: string; readonly lang: string } = card;
        return version === '1.5' && lang === language ? [] : [version, lang];
      }),
      [],
    );
  });

  it('is read by the Adaptive Cards library without a complaint', () => {
    const complaints = wrong(({ card, whose }) => {
      if (!LIBRARY_READS.test(whose)) return [];
      // The library's own pattern for a language remembers where it stopped, and refuses every other card.
      if (AC.CardElement.langProperty.regEx) AC.CardElement.langProperty.regEx.lastIndex = 0;
      const context = new AC.SerializationContext();
      const parsed = new AC.AdaptiveCard();
      parsed.parse(structuredClone(card), context);
      const read = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n).message);
      const { validationEvents } = parsed.validateProperties();
      // What is asked for while somebody types has no choices beforehand.
      const meant = validationEvents.filter(
        ({ source }) => !(source instanceof AC.ChoiceSetInput && source.id === 'customer'),
      );
      return [...read, ...meant.map(({ message }) => message)];
    });

    assert.deepEqual(complaints, []);
  }).timeout(60_000);

  it('fits into a message of Teams', () => {
    const tooLong = wrong(({ card }) => {
      const bytes = Buffer.byteLength(JSON.stringify(card));
      return bytes <= MOST_BYTES ? [] : [bytes];
    });

    assert.deepEqual(tooLong, []);
  });

  it('has a reading for those who cannot see it', () => {
    assert.deepEqual(
      wrong(({ card }) => (/\S$/u.test(card.fallbackText) ? [] : [card.fallbackText])),
      [],
    );
  });

  it('shows no character that cannot be seen', () => {
    const unseen = wrong(({ card }) =>
      everythingSaid(card)
        // A text of several paragraphs has ends of lines in a field, and nowhere else.
        .map(({ owner, text }) => (owner['type'] === 'Input.Text' ? text.replaceAll('\n', ' ') : text))
        .filter((text) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)),
    );

    assert.deepEqual(unseen, []);
  });

  it('leaves nothing of a text unsaid', () => {
    const unsaid = wrong(({ card }) =>
      everythingSaid(card)
        .filter(({ text }) => /\bundefined\b|\[object|\bNaN\b/.test(text))
        .map(({ text }) => text),
    );

    assert.deepEqual(unsaid, []);
  });

  it('says no word twice in a row', () => {
    const lines = new Set(gallery.flatMap(({ card }) => readingOf(card)));
    const twice = [...lines].filter((line) =>
      line
        .split(/[ \u00a0]/)
        .some(
          (word, n, words) => n > 0 && LETTERS_FIRST.exec(word)?.[0] === (LETTERS_LAST.exec(words[n - 1]!)?.[0] ?? ''),
        ),
    );

    assert.deepEqual(twice.slice(0, SHOWN_FAULTS), []);
  });

  it('counts whatever it does not name of what it has counted', () => {
    const HOW_MANY = 60;
    const names = Array.from({ length: HOW_MANY }, (_, n) => `Name ${n + 1}`);
    const said = (['delegated-admin', 'resellers'] as const).map((kind) =>
      lineTitle({ group: 'to-know', kind, names }, textsFor('en')),
    );

    for (const line of said) assert.match(line, /60.*: Name 1, Name 2, Name 3, Name 4, Name 5, and 55 more\./);
  });

  it('says by domain or by tenant id which customer it is about', () => {
    const nameless = wrong(({ card, customer }) => {
      if (customer === undefined) return [];
      const { id, domain } = customer;
      return readingOf(card).some((line) => line === domain || line.includes(id)) ? [] : ['no customer'];
    });

    assert.deepEqual(nameless, []);
  });
});

describe('a button', () => {
  it('sends what its own verb takes, and no more than verb, ids, nonce, page, filter and purpose', () => {
    const odd = wrong((hung) =>
      executes(hung).filter((action) => {
        const { verb, data } = action;
        const extra = Object.keys(data as object).filter((name) => !HELD.includes(name));
        return readButton(verb, data)?.verb !== verb || dataOf(action)['verb'] !== verb || extra.length > 0;
      }),
    );

    assert.deepEqual(odd, []);
  });

  it('sends the same where a client knows no Execute', () => {
    const lonely = wrong((hung) =>
      executes(hung).filter(({ title, data, associatedInputs, fallback }) => {
        const same = {
          type: 'Action.Submit',
          title,
          data,
          ...(associatedInputs !== undefined && { associatedInputs }),
        };
        return JSON.stringify(fallback) !== JSON.stringify(same);
      }),
    );

    assert.deepEqual(lonely, []);
  });

  it('about a request or a customer carries its id and the nonce at the top of its data', () => {
    const bare = wrong((hung) =>
      executes(hung).filter((action) => {
        const area = String(action['verb']).split('.')[0];
        if (area === 'customer' || area === 'requests' || area === 'help') return false;
        if (action['verb'] === 'watches.list' || action['verb'] === 'audit.search') return false;
        const isOfRequest =
          ['approval', 'request', 'audit'].includes(area ?? '') || /^(batch|list)\.open$/.test(String(action['verb']));
        const isOfBatch = !isOfRequest && (area === 'batch' || area === 'list');
        const id = isOfRequest ? 'requestId' : isOfBatch ? 'batchId' : 'customerId';
        return typeof dataOf(action)[id] !== 'string' || typeof dataOf(action)['nonce'] !== 'string';
      }),
    );

    assert.deepEqual(bare, []);
  });

  it('sends inputs only where its verb takes some', () => {
    const taking: readonly Verb[] = [
      ...(['customer.search', 'customer.choose', 'removal.send', 'cancellation.send', 'batch.send'] as const),
      ...([
        'approval.confirm-approve',
        'approval.confirm-decline',
        'approval.confirm-pass',
        'request.confirm-close',
      ] as const),
    ];

    const odd = wrong((hung) =>
      ofType(hung.card, 'Action.Execute').filter(
        ({ verb, associatedInputs }) => associatedInputs !== 'none' && !taking.includes(verb as Verb),
      ),
    );

    assert.deepEqual(odd, []);
  });

  it('stands in a row of at most six, of which at most one stands out', () => {
    const crowded = wrong(({ card }) =>
      ofType(card, 'ActionSet').filter(({ actions }) => {
        const row = actions as readonly Node[];
        return row.length === 0 || row.length > 6 || row.filter(({ style }) => style !== undefined).length > 1;
      }),
    );

    assert.deepEqual(crowded, []);
  });

  it('never stands outside a row of its card', () => {
    assert.deepEqual(
      wrong(({ card }) => ('actions' in card ? [card] : [])),
      [],
    );
  });

  it('has in English one of the titles people know', () => {
    const unknown = wrong(
      ({ card }) =>
        titlesOf(card).filter(
          (title) => !TITLES.some((known) => (typeof known === 'string' ? known === title : known.test(title))),
        ),
      gallery.filter(({ language }) => language === 'en'),
    );

    assert.deepEqual(unknown, []);
  });

  it('does the same in every language', () => {
    const verbs = (language: string): unknown =>
      gallery
        // Where there is no room for all lines, longer words leave room for fewer.
        .filter(
          ({ name, whose, ...hung }) => hung.language === language && whose === 'everyday' && !name.includes('300'),
        )
        // A text for a customer is offered in the languages that it is not in.
        .map((hung) => executes(hung).map(({ verb, data }) => ({ verb, data: { ...(data as Node), language: '' } })));

    for (const language of Object.keys(LANGUAGES)) assert.deepEqual(verbs(language), verbs('en'), language);
  });
});

describe('an input', () => {
  it('says what is to be put in, and goes by a name that stays', () => {
    const odd = wrong(({ card }) =>
      ofType(card, ...INPUTS).filter(({ type, id, label, title }) => {
        const named = type === 'Input.Toggle' ? title : label;
        return typeof named !== 'string' || named === '' || !INPUT_IDS.includes(String(id));
      }),
    );

    assert.deepEqual(odd, []);
  });

  it('is not on its card twice', () => {
    const twice = wrong(({ card }) => {
      const ids = ofType(card, ...INPUTS).map(({ id }) => id);
      return ids.filter((id, at) => ids.indexOf(id) !== at);
    });

    assert.deepEqual(twice, []);
  });

  it('shows as its choice one that there is', () => {
    const lost = wrong(({ card }) =>
      ofType(card, 'Input.ChoiceSet').filter(({ value, choices, isMultiSelect }) => {
        const values = (choices as readonly Node[]).map((choice) => choice['value']);
        const several = String(value).split(',');
        const chosen = isMultiSelect === true ? several.filter((one) => one !== '') : [value];
        return value !== undefined && chosen.some((one) => !values.includes(one));
      }),
    );

    assert.deepEqual(lost, []);
  });
});

describe('a text that others wrote', () => {
  const isForeign = ({ text }: Said): boolean => text.includes(MARK) || text.includes('evil.example');
  const mayStand = ({ owner, name }: Said): boolean => {
    const { type } = owner;
    if (type === 'TextRun') return name === 'text';
    if (type === 'Input.Text') return name === 'value';
    // A choice has no type; its value is an id.
    return type === undefined && 'value' in owner && name === 'title';
  };

  it('stands in text runs, choices and what the person typed, and nowhere else', () => {
    const out = wrong(({ card }) =>
      everythingSaid(card)
        .filter((said) => isForeign(said) && !mayStand(said))
        .map(({ owner, name, text }) => `${String(owner['type'])}.${name}: ${text}`),
    );

    assert.deepEqual(out, []);
  });

  it('never becomes a link or a picture', () => {
    const clickable = wrong(({ card }) =>
      nodesOf(card).filter(
        ({ type, url, selectAction, backgroundImage }) =>
          type === 'Image' ||
          type === 'Media' ||
          [selectAction, backgroundImage].some(Boolean) ||
          (typeof url === 'string' && !PLACES.includes(url) && !IN_TAB.test(url)),
      ),
    );

    assert.deepEqual(clickable, []);
  });
});

describe('a moment on a card', () => {
  it('stands where Teams turns it into the reader’s time, and nowhere else', () => {
    const lost = wrong(({ card }) =>
      everythingSaid(card).filter(
        ({ text, owner, name }) =>
          /\{\{(DATE|TIME)\(/.test(text) && !(owner['type'] === 'TextBlock' && name === 'text'),
      ),
    );

    assert.deepEqual(lost, []);
  });
});

describe('a confirm view', () => {
  const confirms = gallery.filter(({ kind }) => kind === 'confirm');
  const YES = { en: 'Yes, ', de: 'Ja, ', fr: 'Oui, ', ru: 'Да, ' };

  it('stays as it is until somebody has answered', () => {
    assert.deepEqual(
      wrong(({ card }) => ('refresh' in card ? [card.refresh] : []), confirms),
      [],
    );
  });

  it('has one deciding button, which begins with Yes and is the only one that stands out, a way back, and pages where it is long', () => {
    const odd = wrong(({ card, language }) => {
      const isOfPage = ({ data }: Node): boolean => 'page' in (data as Node);
      const buttons = buttonsOf(card).filter((one) => !isOfPage(one));
      const yes = buttons.filter(({ title }) => String(title).startsWith(YES[language]));
      const back = buttons.filter(({ verb }) =>
        ['request.show', 'readiness.show', 'batch.show'].includes(String(verb)),
      );
      const isRight =
        yes.length === 1 &&
        yes[0]?.['style'] === 'destructive' &&
        String(yes[0]['verb']).includes('.confirm-') &&
        back.length === 1 &&
        buttons.length === 2;
      return isRight ? [] : [titlesOf(card)];
    }, confirms);

    assert.deepEqual(odd, []);
  });

  it('is the only card with a deciding button that begins with Yes', () => {
    const elsewhere = wrong(
      ({ card, language }) => titlesOf(card).filter((title) => title.startsWith(YES[language])),
      gallery.filter(({ kind }) => kind !== 'confirm'),
    );

    assert.deepEqual(elsewhere, []);
  });
});

describe('the card of a request', () => {
  const requests = gallery.filter(({ kind }) => kind === 'request');

  it('keeps itself up to date for its reader, by looking only', () => {
    const odd = wrong(
      ({ card: { refresh } }) =>
        refresh?.action.verb === 'request.show' && refresh.userIds.length === 1 && refresh.userIds[0]?.startsWith('29:')
          ? []
          : [refresh],
      requests,
    );

    assert.deepEqual(odd, []);
  });
});
