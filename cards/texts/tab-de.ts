import type { TabTexts } from './tab-en.ts';

/** What the personal tab says, in German. */
export const tabDe: TabTexts = {
  'tab.title': 'Anträge auf Entfernung auf einen Blick',
  'tab.sections': 'Abschnitte dieser Seite',
  'tab.loading': 'Wird gelesen …',
  'tab.retry': 'Noch einmal versuchen',
  'tab.more': 'Mehr anzeigen',
  'tab.back': 'Zurück zur Liste',
  'tab.refresh': 'Aktualisieren',
  'tab.requests': 'Anträge',
  'tab.waiting': 'Wartet',
  'tab.blockers': 'Hindernisse',
  'tab.record': 'Protokoll',

  'tab.show': 'Welche Anträge',
  'tab.show-open': 'Offen',
  'tab.show-waiting': 'Wartet auf Sie',
  'tab.show-ended': 'Beendet',
  'tab.month': 'Archiviert unter',
  'tab.month-none': 'Nicht archiviert',
  'tab.by-state': 'Anträge nach Status',
  'tab.state': 'Status',
  'tab.none': 'Hier ist nichts.',
  'tab.none-open': 'Keine offenen Anträge.',
  'tab.none-ended': 'Keine beendeten Anträge.',
  'tab.none-so-far': 'Unter den neuesten ist keiner. Ältere kann es geben.',
  'tab.none-waiting': 'Nichts wartet auf Sie.',
  'tab.requester': 'Antragsteller',
  'tab.approvers': 'Genehmiger',
  'tab.since': 'Seit',
  'tab.until': 'Bis',
  'tab.waits-for': 'Wartet auf',
  'tab.time-line': 'Verlauf',
  'tab.open-request': 'Antrag anzeigen',
  'tab.receipt': 'Beleg als PDF herunterladen',
  'tab.unread':
    '{count, plural, one {# Antrag wurde noch nicht gelesen. Aktualisieren Sie gleich noch einmal.} other {# Anträge wurden noch nicht gelesen. Aktualisieren Sie gleich noch einmal.}}',
  'tab.newest-counted':
    '{count, plural, one {Nur der neueste Antrag ist} other {Nur die neuesten # Anträge sind}} nach Status gezählt.',
  'tab.newest-only':
    '{count, plural, one {Nur der neueste Antrag wird} other {Nur die neuesten # Anträge werden}} angezeigt.',

  'tab.by-person': 'Auf wen gewartet wird',
  'tab.person': 'Wer',
  'tab.longest-first': 'Was am längsten wartet',
  'tab.more-waiting': '{count, plural, one {# weiterer Antrag wartet.} other {# weitere Anträge warten.}}',
  'tab.wait-sending': 'das Absenden',
  'tab.wait-decision': 'eine Entscheidung',
  'tab.wait-sign-in': 'eine Anmeldung',
  'tab.wait-remove-now': 'das Wort, jetzt zu entfernen',
  'tab.wait-continuing': 'das Fortfahren nach einer Ablehnung',
  'tab.wait-day': 'den geplanten Tag',
  'tab.wait-partner-center': 'das Partner Center',
  'tab.wait-outcome': 'jemanden, der herausfindet, was daraus geworden ist',
  'tab.wait-roles': 'das Verzeichnis, das nicht sagt, wer was darf',
  'tab.wait-clock': 'eine Uhr, die richtig geht',
  'tab.wait-bot': 'mich: Ich bin dabei',

  'tab.blockers-title': 'Was bei beobachteten Kunden im Weg steht',
  'tab.watched':
    '{count, plural, =0 {Kein Kunde wird beobachtet.} one {# Kunde wird beobachtet.} other {# Kunden werden beobachtet.}}',
  'tab.watched-cut': 'Nur {count} der beobachteten Kunden wurden gezählt.',
  'tab.no-blockers': 'Soweit bekannt, steht nichts im Weg.',
  'tab.by-kind': 'Nach Art',
  'tab.kind': 'Art',
  'tab.customers': 'Kunden',
  'tab.purchases': 'Käufe',
  'tab.kind-before': 'von einer früheren Version gesehen',
  'tab.kind-unread': 'nicht lesbar: {what}',
  'tab.kind-sign-in': 'nur mit einer Anmeldung lesbar: {what}',
  'tab.clear':
    '{count, plural, one {Bei # Kunden steht nichts Bekanntes im Weg.} other {Bei # Kunden steht nichts Bekanntes im Weg.}}',
  'tab.incomplete':
    '{count, plural, one {Bei # Kunden war etwas nicht lesbar, daher kann mehr im Weg stehen.} other {Bei # Kunden war etwas nicht lesbar, daher kann mehr im Weg stehen.}}',
  'tab.not-looked':
    '{count, plural, one {Bei # Kunden wurde noch nicht nachgesehen.} other {Bei # Kunden wurde noch nicht nachgesehen.}}',
  'tab.looked-at': 'Nachgesehen',
  'tab.oldest-look': 'Die älteste hier gezählte Prüfung:',

  'tab.from': 'Von (Tag in UTC)',
  'tab.to': 'Bis (Tag in UTC)',
  'tab.number': 'Antragsnummer',
  'tab.customer': 'Kunde (Name oder Mandanten-ID)',
  'tab.person-sought': 'Person (Name oder Objekt-ID)',
  'tab.not-one-name':
    'Mit diesem Namen steht hier niemand oder mehr als einer zur Wahl: Wählen Sie aus der Liste, oder geben Sie die ID an.',
  'tab.action': 'Was geschah',
  'tab.any-action': 'Alles',
  'tab.search': 'Suchen',
  'tab.go-on': 'Weitersuchen',
  'tab.no-entries': 'Bisher wurde kein Eintrag gefunden.',
  'tab.no-entries-at-all': 'Kein Eintrag gefunden.',
  'tab.looked-back': 'Durchsucht zurück bis:',
  'tab.looked-all': 'Bis zum Ende durchsucht.',
  'tab.looked-all-but': 'Bis zum Ende durchsucht, bis auf das oben Genannte.',
  'tab.left-out': 'Nicht lesbar; was darin steht, kann fehlen:',
  'tab.offered':
    '{count, plural, =0 {Noch wird niemand mit Namen angeboten.} one {Mit Namen angeboten: Kunde und Personen des neuesten Antrags.} other {Mit Namen angeboten: Kunden und Personen der # neuesten Anträge.}} Alle anderen werden mit ihrer ID gesucht, auch Kunden, deren Anträge alle vor mehr als {days} Tagen geendet haben.',
  'tab.unreadable':
    '{count, plural, one {# Kette war nicht lesbar und wurde ausgelassen.} other {# Ketten waren nicht lesbar und wurden ausgelassen.}}',
  'tab.export': 'Exportieren',
  'tab.export-about':
    'Exportiert alle Einträge der oben gewählten Tage und des gewählten Antrags oder, wo nichts gewählt ist, das ganze Protokoll. Ein Export wird nicht verifiziert.',
  'tab.export-csv': 'Als CSV herunterladen',
  'tab.export-json': 'Als JSON herunterladen',
  'tab.export-recorded': 'Auch wer sucht oder exportiert, wird protokolliert.',

  'tab.error-sign-in':
    'Teams hat Sie hier nicht angemeldet. Öffnen Sie diese Registerkarte neu; hilft das nicht, sagen Sie es der Person, die diesen Bot betreibt.',
  'tab.error-no-role':
    'Sie haben hier keine Rolle, daher gibt es nichts zu zeigen. Wer eine hat, entscheidet, wer diesen Bot betreibt.',
  'tab.error-not-an-auditor': 'Das Protokoll sehen nur Prüfer. Wer Prüfer ist, entscheidet, wer diesen Bot betreibt.',
  'tab.error-not-a-requester': 'Welche Kunden das sind, sehen nur Antragsteller und Prüfer.',
  'tab.error-not-found': 'Diesen Antrag gibt es nicht, oder Sie sind nicht daran beteiligt.',
  'tab.error-malformed':
    'Etwas Eingegebenes ist nicht lesbar. Antragsnummern und Objekt-IDs bestehen aus 8-4-4-4-12 Ziffern und Buchstaben.',
  'tab.error-busy': 'Eine Suche oder ein Export von Ihnen läuft noch. Warten Sie das Ende ab.',
  'tab.error-unavailable':
    'Ich bin nicht erreichbar oder konnte nicht lesen, was Sie möchten. Es wurde nichts geändert. Versuchen Sie es gleich noch einmal.',
  'tab.error-roles-unread': 'Ich kann gerade nicht lesen, wer was darf. Versuchen Sie es in einer Minute noch einmal.',
  'tab.error-not-listed': 'Ich weiß noch nicht, welche Anträge es gibt. Versuchen Sie es gleich noch einmal.',
  'tab.error-not-in-teams': 'Öffnen Sie diese Seite als Registerkarte der App in Teams.',
};
