/**
 * What the tour says, in German.
 *
 * @type {typeof import('./tour-words-en.js').tourEnglish}
 */
export const tourGerman = {
  tour: 'Tour',
  tourHint: 'In zwei Minuten durch die ganze Arbeit, und durch das, was schiefgehen kann',
  tourStep: 'Schritt {n} von {of}: {title}',
  tourDo: 'Ausführen',
  tourWorking: 'Wird ausgeführt…',
  tourNext: 'Weiter',
  tourEnd: 'Tour beenden',
  tourFailed:
    'Das kam nicht rechtzeitig. Sehen Sie in die Chats und versuchen Sie es noch einmal, oder schließen Sie die Tour.',
  tourAnswer: 'Der Bot antwortet: „{text}“',
  tourRemove: 'entfernen {name}',
  tourReason: 'Sie wechseln am Ende des Monats zu einem anderen Anbieter.',

  tourBegin: 'ein neuer Anfang',
  tourBeginBefore:
    'Alles, was auf dieser Seite bisher getan wurde, geht verloren: beide Chats, und was in Partner Center geändert wurde.',
  tourBeginAfter:
    'Jonas, der Antragsteller, fragt; Elena, die Führungskraft, entscheidet; und daneben steht, was Partner Center wirklich enthält.',
  tourFind: 'was steht im Weg?',
  tourFindBefore: 'Jonas bittet den Bot, Contoso Bakery zu entfernen. Der Bot liest alles, was der Kunde hat.',
  tourFindAfter:
    'Eine Liste von allem, was der Entfernung im Weg steht, und zu jeder Zeile, was es ausräumt. Noch wurde nichts geändert.',
  tourClear: 'gleich hier ausräumen',
  tourClearBefore:
    'Zwei Legacyabonnements stehen im Weg. Jonas hält sie an, nachdem eine Karte gesagt hat, was das bedeutet.',
  tourClearAfter:
    'Jedes wurde angehalten und noch einmal gelesen; auch in Partner Center sind sie angehalten. Erst jetzt lässt sich die Entfernung beantragen.',
  tourAsk: 'eine Führungskraft fragen',
  tourAskBefore: 'Jonas gibt einen Grund an und muss die Domäne des Kunden von Hand eingeben.',
  tourAskAfter: 'Elena hat eine Karte mit allem, was sie wissen muss, bevor sie entscheidet.',
  tourSelf: 'niemand entscheidet über den eigenen Antrag',
  tourSelfBefore: 'Jonas ist ungeduldig: Er kommt an Elenas Karte heran und drückt selbst „Genehmigen“.',
  tourSelfAfter:
    'Wer entscheiden darf, wird bei jedem Klick nachgesehen. Nichts wurde entschieden, und der Versuch steht im Protokoll.',
  tourApprove: 'genehmigen',
  tourApproveBefore:
    'Elena genehmigt. Der Bot liest alles noch einmal, entfernt die Beziehung und sieht nach, ob der Kunde wirklich weg ist.',
  tourApproveAfter:
    'Beide haben einen Beleg: wer gefragt hat, wer genehmigt hat, die ID des Aufrufs, und wie der Kunde zurückkommen kann.',
  tourDrift: 'inzwischen ändert sich etwas',
  tourDriftBefore:
    'Jonas fragt für Fabrikam Bikes. Bevor Elena genehmigt, kauft jemand in Partner Center ein Abonnement für diesen Kunden.',
  tourDriftAfter:
    'Was genehmigt wurde, ist nicht das, was da ist: Die Genehmigung ist ungültig, nichts wurde entfernt, und die Karte nennt das neue Abonnement.',
  tourKill: 'der Bot wird getötet',
  tourKillBefore:
    'Alpine Ski House: Gleich nach Elenas Ja, während die Entfernung läuft, wird der Bot getötet (kill -9).',
  tourKillAfter:
    'Er ist neu gestartet, hat gelesen, was wirklich geschehen war, und ohne einen weiteren Klick weitergemacht: eine Entfernung, zwei Belege.',
  tourLost: 'niemand weiß, was geschehen ist',
  tourLostBefore:
    'Wide World Importers: Partner Center führt die Entfernung aus, aber die Verbindung bricht ab, bevor es das sagen kann, und seine Liste hinkt nach.',
  tourLostAfter:
    'Die Karte sagt, dass der Ausgang unbekannt ist, nicht „erledigt“ und nicht „gescheitert“, und nichts wird ein zweites Mal unter einer anderen ID gesendet.',
  tourFound: 'und dann ist es bekannt',
  tourFoundBefore: 'Der Bot sieht weiter nach, bis der Kunde aus der Liste von Partner Center verschwunden ist.',
  tourFoundAfter:
    'Jetzt haben beide ihre Belege. Versuchen Sie anderes von Hand: beobachten, Probelauf, ablehnen, zurückziehen; oder beenden Sie die Tour.',
};
