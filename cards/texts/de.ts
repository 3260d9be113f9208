import type { TextKey } from './en.ts';
import { tabDe } from './tab-de.ts';

/** Every text people see, in German. The words for our things are in `docs/languages.md`. */
export const de: Readonly<Record<TextKey, string>> = {
  // Buttons.
  'button.remove-customer': 'Kunden entfernen',
  'button.choose': 'Auswählen',
  'button.search': 'Suchen',
  'button.more': 'Mehr',
  'button.back': 'Zurück',
  'button.suspend': 'Anhalten',
  'button.suspend-access': 'Nur Zugriff anhalten',
  'button.reactivate': 'Reaktivieren',
  'button.auto-renew-off': 'Verlängerung ausschalten',
  'button.cancel-subscription': 'Abonnement stornieren',
  'button.cancel-order': 'Bestellung stornieren',
  'button.cancel-several': '{count, plural, one {# Kauf stornieren} other {# Käufe stornieren}}',
  'button.suspend-all-the-same': 'Trotzdem anhalten',
  'button.suspend-legacy': '{count, plural, one {# Legacyabonnement anhalten} other {# Legacyabonnements anhalten}}',
  'button.check-again': 'Erneut prüfen',
  'button.watch': 'Beobachten',
  'button.stop-watching': 'Nicht mehr beobachten',
  'button.dry-run': 'Probelauf',
  'button.request-removal': 'Entfernung beantragen',
  'button.send-request': 'Antrag senden',
  'button.withdraw': 'Zurückziehen',
  'button.drop-draft': 'Entwurf verwerfen',
  'button.approve': 'Genehmigen',
  'button.close': 'Schließen',
  'button.decline': 'Ablehnen',
  'button.pass': 'An andere weitergeben',
  'button.ask-again': 'Neu beantragen',
  'button.try-again': 'Fortsetzen',
  'button.show': 'Anzeigen',
  'button.show-request': 'Antrag anzeigen',
  'button.my-requests': 'Meine Anträge',
  'button.requests-open': 'Offene',
  'button.requests-waiting': 'Auf Sie wartende',
  'button.requests-ended': 'Beendete',
  'button.requests-all': 'Alle',
  'button.choose-customer': 'Kunden auswählen',
  'button.reactivate-all': 'Alle reaktivieren',
  'button.yes-reactivate': 'Ja, reaktivieren',
  'button.yes-auto-renew-off': 'Ja, Verlängerung ausschalten',
  'button.earlier': 'Frühere',
  'button.later': 'Spätere',
  'button.overview': 'Übersicht',
  'button.time-line': 'Verlauf',
  'button.its-record': 'Sein Protokoll',
  'button.newest': 'Neueste',
  'button.yes-suspend': 'Ja, anhalten',
  'button.yes-approve': 'Ja, genehmigen',
  'button.yes-close': 'Ja, schließen',
  'button.yes-decline': 'Ja, ablehnen',
  'button.yes-pass': 'Ja, weitergeben',
  'button.sign-in': 'Anmelden',
  'button.sign-in-and-remove': 'Anmelden und entfernen',
  'button.remove-now': 'Jetzt entfernen',
  'button.sign-in-and-send': 'Anmelden und senden',
  'button.sign-in-and-cancel': 'Anmelden und stornieren',
  'button.cancel-now': 'Jetzt stornieren',
  'button.yes-cancel': 'Ja, stornieren',
  'button.yes-remove': 'Ja, entfernen',
  'button.yes-withdraw': 'Ja, zurückziehen',
  'button.yes-drop': 'Ja, verwerfen',
  'button.tick': 'Erledigt',
  'button.untick': 'Nicht erledigt',
  'button.waiting': 'Was auf mich wartet',
  'button.pdf': 'Beleg als PDF',
  'button.notice': 'Mitteilung an den Kunden',
  'button.partner-center': 'Partner Center öffnen',
  'button.azure-portal': 'Azure-Portal öffnen',
  'button.request-several': '{count, plural, one {# Entfernung beantragen} other {# Entfernungen beantragen}}',
  'button.send-several': '{count, plural, one {# Antrag senden} other {# Anträge senden}}',
  'button.clear-several': '{count, plural, one {Für # Kunden anhalten} other {Für # Kunden anhalten}}',
  'button.stop': 'Stoppen',
  'button.yes-stop': 'Ja, stoppen',
  'button.details': 'Näheres',
  'button.previous': 'Zurückblättern',
  'button.next': 'Weiterblättern',
  'button.come-back': 'Link öffnen',

  // Welcome and help.
  'help.title': 'Eine Resellerbeziehung Schritt für Schritt beenden',
  'help.about':
    'Ich finde alles, was im Weg steht, räume aus, was sich von hier ausräumen lässt, frage eine Führungskraft und führe die Entfernung genau so aus, wie sie genehmigt wurde.',
  'help.words': 'Was Sie schreiben können',
  'help.remove': '„entfernen“ und Name: Hindernisse',
  'help.remove-several': '„mehrere entfernen“: Liste, CSV',
  'help.status': '„status“: Ihre neuesten Anträge',
  'help.requests': '„anträge“: alle, oder „offen“, „wartend“, „beendet“',
  'help.watch': '„beobachten“ und Name: Neues',
  'help.watches': '„beobachtungen“: alle davon',
  'help.dry-run': '„probelauf“ und Name: zur Probe',
  'help.audit': '„protokoll“: Nummer oder Name',
  'help.cancel': '„abbrechen“: fragt, was Sie meinen',
  'help.stop': '„stopp“: verlässt, was Sie tun',
  'help.sign-in': '„anmelden“: in Ihrem Namen',
  'help.sign-out': '„abmelden“: ich vergesse es',
  'help.help': '„hilfe“: diese Karte',
  'welcome.try': '{count, plural, one {# Sache zum Ausprobieren} other {# Sachen zum Ausprobieren}}',
  'welcome.remove': 'Wählen Sie einen Kunden und sehen Sie, was im Weg steht.',
  'welcome.remove-provider': 'Wählen Sie einen Kunden und sehen Sie, was Sie Ihrem indirekten Anbieter senden.',
  'welcome.dry-run': 'Ein Probelauf: was eine Entfernung senden würde, ohne es zu senden.',
  'welcome.waiting': 'Sehen Sie, was auf Ihre Entscheidung wartet.',
  'welcome.words': 'Sehen Sie, was Sie mir schreiben können.',
  'help.about-provider':
    'Sie sind ein indirekter Reseller, daher beendet Ihr indirekter Anbieter Beziehungen. Ich finde den Kunden und stelle zusammen, was Sie dem Anbieter senden.',
  'help.remove-provider': '„entfernen“ und ein Name: was Sie Ihrem indirekten Anbieter senden',
  'help.approver': 'Sie sind Genehmiger. Was man Sie fragt, kommt hier von selbst.',
  'help.roles-unread': 'Ich kann gerade nicht lesen, wer was darf. Versuchen Sie es in einer Minute noch einmal.',
  'help.no-role':
    'Sie können Entfernungen weder beantragen noch genehmigen. Wer das darf, entscheidet, wer diesen Bot betreibt; zeigen Sie dort Ihre Objekt-ID vor: {id}',
  'help.unknown': '„{words}“ kenne ich nicht. Das verstehe ich:',
  'help.stopped': 'Gestoppt. Rückgängig gemacht wurde nichts.',
  'help.nothing-to-stop': 'Es gab nichts zu stoppen.',
  'help.goes-on':
    'Was beantragt wurde, läuft weiter. Schreiben Sie „anträge“, um es zu sehen; bis es ausgeführt wird, kann, wer es beantragt hat, es dort zurückziehen.',
  'help.summary': 'Was ich kann',
  'cancel.title': 'Was soll abgebrochen oder storniert werden?',
  'cancel.stop': 'Was Sie hier gerade tun: Schreiben Sie „stopp“. Rückgängig gemacht wird dadurch nichts.',
  'cancel.withdraw':
    'Ein Antrag, den Sie gesendet haben: Er steht in der Liste Ihrer Anträge und kann dort zurückgezogen werden.',
  'cancel.subscription':
    'Das Abonnement eines Kunden: Wählen Sie den Kunden aus. Wo es sich noch stornieren lässt, ist die Schaltfläche dafür.',
  'help.elsewhere': 'Ich arbeite nur in Einzelchats. Öffnen Sie einen Chat mit mir, um fortzufahren.',
  'help.card-needed': 'Bitte verwenden Sie die Schaltflächen der Karte oben, oder schreiben Sie „hilfe“.',
  'help.old-teams': 'Diese Schaltfläche braucht eine neuere Version von Teams. Es wurde nichts geändert.',

  // Choosing a customer.
  'pick.title': 'Welcher Kunde?',
  'pick.title-watch': 'Welchen Kunden soll ich beobachten?',
  'pick.title-dry-run': 'Ein Probelauf für welchen Kunden?',
  'pick.type': 'Namen oder Domäne eingeben und aus der Liste wählen',
  'pick.placeholder': 'Kunde',
  'pick.search': 'Nicht in der Liste? Nach Wörtern suchen',
  'pick.results': '{count, plural, =0 {Kein Kunde passt} one {# Kunde passt} other {# Kunden passen}} zu „{words}“',
  'pick.results-many': 'Die ersten {count} Kunden, die zu „{words}“ passen. Ein weiteres Wort grenzt die Suche ein.',
  'pick.list': 'Kunden {from}–{to} von {total}',
  'pick.none': 'Kein Kunde passt zu „{words}“.',
  'pick.none-gone':
    'Ein Kunde, der bereits entfernt wurde oder zu einem anderen Partner gehört, steht nicht mehr in Ihrer Liste.',
  'pick.none-yet':
    'Für „{words}“ wurde noch niemand gefunden. Bisher konnten nur die Anfänge von Namen und Domänen durchsucht werden.',
  'pick.unread':
    'Ob ein Kunde zu „{words}“ passt, ist nicht bekannt, weil Partner Center nicht durchsucht werden konnte.',
  'pick.unread-others': 'Partner Center konnte nicht durchsucht werden, es kann also weitere geben.',
  'pick.loading': 'Die Kundenliste wird noch gelesen: bisher {known}. Wer fehlt, kommt vielleicht noch.',
  'pick.failed': 'Die Kundenliste konnte noch nicht gelesen werden. Es wird von selbst erneut versucht.',
  'pick.empty': 'Die Liste enthält keine Kunden.',
  'pick.own-tenant': 'Das ist Ihr eigener Mandant. Sich selbst können Sie nicht entfernen.',
  'pick.unknown-id': 'Sie haben keinen Kunden mit der Mandanten-ID {id}. Vielleicht wurde er bereits entfernt.',
  'pick.nothing-chosen':
    'Es wurde nichts ausgewählt. Geben Sie einen Namen ein, und wählen Sie einen Kunden aus der Liste aus.',
  'pick.reseller': 'Kunden des Resellers {name} (PartnerID {partnerId})',
  'pick.reseller-unnumbered': 'Kunden des Resellers {name}',
  'pick.reseller-search': 'Kunden dieses Resellers durchsuchen',
  'pick.resellers-more': 'Weitere Reseller passen. Ein weiteres Wort grenzt die Suche ein.',
  'pick.resellers-unread': 'Ihre Reseller konnten nicht gelesen werden, daher wurde unter ihnen nicht gesucht.',
  'pick.reseller-unread': 'Die Kunden dieses Resellers konnten nicht gelesen werden.',
  'pick.reseller-unknown': 'Das ist keiner Ihrer Reseller, oder er ist es nicht mehr.',
  'pick.summary': 'Wählen Sie einen Kunden aus',
  'pick.tenant': 'Mandant {id}',

  // An indirect reseller asks its provider.
  'provider.title': 'Diese Beziehung beendet Ihr indirekter Anbieter',
  'provider.summary': 'Was Sie Ihrem indirekten Anbieter senden',
  'provider.about':
    'Sie sind ein indirekter Reseller. Die Beziehung besteht im Mandanten Ihres indirekten Anbieters, daher kann nur er sie entfernen. Sie endet dann für alle Reseller dieses Anbieters, nicht nur für Sie.',
  'provider.nothing':
    'Es wurde nichts geändert, und von hier aus lässt sich nichts anhalten, beobachten oder entfernen.',
  'provider.refused': 'Diese Beziehung beendet Ihr indirekter Anbieter, nicht Sie. Es wurde nichts geändert.',
  'provider.send': 'Kopieren Sie dies, ergänzen Sie es, und senden Sie es Ihrem Anbieter',
  'provider.ask': 'Bitte beenden Sie die Resellerbeziehung mit diesem Kunden.',
  'provider.customer': 'Kunde',
  'provider.domain': 'Domäne',
  'provider.tenant': 'Mandanten-ID des Kunden',
  'provider.own-tenant': 'Unsere Mandanten-ID als indirekter Reseller',
  'provider.reason': 'Grund',
  'provider.date': 'Ende am',
  'provider.fill-in': '(bitte ausfüllen)',

  // Readiness.
  'readiness.title': 'Resellerbeziehung beenden',
  'readiness.reading': 'Alles, was dieser Kunde hat, wird gelesen…',
  'readiness.consequences': 'Was die Entfernung bewirkt',
  'readiness.consequence-list': 'Der Kunde verschwindet aus Ihrer Kundenliste.',
  'readiness.consequence-support': 'Sie sind kein Supportkontakt des Kunden mehr.',
  'readiness.consequence-admin': 'Ihre alten delegierten Administratorrechte (DAP) enden, sofern es welche gibt.',
  'readiness.granular-may-be-asked':
    'Granulare delegierte Administratorbeziehungen (GDAP) bleiben, außer der Antrag verlangt, auch sie zu beenden.',
  'readiness.granular-left':
    'Granulare delegierte Administratorbeziehungen (GDAP) bleiben: Sie zu beenden gehört nicht zu diesem Antrag.',
  'readiness.granular-ended':
    'Die oben genannten granularen delegierten Administratorbeziehungen (GDAP) werden nach der Entfernung beendet.',
  'readiness.consequence-sales': 'Sie können diesem Kunden nichts mehr verkaufen.',
  'readiness.irreversible':
    'Sie können es nicht rückgängig machen: Der Administrator des Kunden muss eine neue Beziehungsanfrage annehmen.',
  'readiness.sandbox': 'Dies ist eine Integrationssandbox: Die Entfernung löscht den Mandanten des Kunden.',
  'readiness.verdict-clear': 'Soweit bekannt, steht nichts im Weg.',
  'readiness.verdict-being-cleared': 'Was Sie bestätigt haben, wird ausgeführt. Sonst steht nichts im Weg.',
  'readiness.verdict-clear-here':
    '{count, plural, one {Räumen Sie hier zuerst # Hindernis aus.} other {Räumen Sie hier zuerst # Hindernisse aus.}}',
  'readiness.verdict-cancellations':
    '{count, plural, one {# Stornierung ist zuerst von einer Führungskraft zu genehmigen.} other {# Stornierungen sind zuerst von einer Führungskraft zu genehmigen.}}',
  'readiness.verdict-elsewhere':
    '{count, plural, one {# Hindernis muss zuerst anderswo ausgeräumt werden.} other {# Hindernisse müssen zuerst anderswo ausgeräumt werden.}}',
  'readiness.verdict-not-before': 'Entfernung nicht vor dem {date}.',
  'readiness.verdict-not-before-billing':
    'Entfernung nicht vor dem {date}. Wenn in Partner Center nicht „am Ende der Laufzeit kündigen“ festgelegt ist, läuft die Abrechnung danach weiter, bis das Abonnement storniert wird.',
  'readiness.verdict-not-before-transfer': 'Ohne Übertragung an den nächsten Partner keine Entfernung vor dem {date}.',
  'readiness.verdict-not-before-transfer-billing':
    'Ohne Übertragung an den nächsten Partner keine Entfernung vor dem {date}. Wenn in Partner Center nicht „am Ende der Laufzeit kündigen“ festgelegt ist, läuft die Abrechnung danach weiter, bis das Abonnement storniert wird.',
  'readiness.verdict-cannot-tell': 'Das kann ich nicht sagen. Nicht lesbar: {sources}.',
  'readiness.gone': 'Sie haben (inzwischen) keine Resellerbeziehung mit diesem Kunden.',
  'readiness.gone-role': 'Steht er trotzdem in Ihrer Liste, fehlt vielleicht Ihre Rolle in Partner Center.',
  'readiness.gone-seen': 'So wurde es zuletzt gesehen. Was daraus geworden ist, ließ sich nicht lesen.',
  'readiness.group-blocks': 'Steht im Weg',
  'readiness.group-may-block': 'Steht vielleicht im Weg',
  'readiness.group-may-block-about': 'Partner Center entscheidet. Lehnt es ab, wird nichts geändert.',
  'readiness.group-to-know': 'Gut zu wissen',
  'readiness.more-lines': '{count, plural, one {und # weiteres} other {und # weitere}}',
  'readiness.suspend-last':
    'Halten Sie zuletzt an: Solange anderes im Weg steht, ist damit nichts gewonnen. Microsoft löscht angehaltene Daten nach 90 Tagen.',
  'readiness.suspend-access-about':
    'Ein New-Commerce-Abonnement anzuhalten beendet den Zugriff, nicht die Abrechnung, und macht den Weg nicht frei.',
  'readiness.transfer-title': 'Wechsel zum nächsten Partner',
  'readiness.transfer-about':
    'Der Kunde nimmt zuerst eine Beziehung mit seinem nächsten Partner an. Dieser erstellt eine Übertragung, und Sie nehmen sie in Partner Center an. Was angehalten ist, kann nicht übertragen werden; halten Sie es also nicht vorher an.',
  'readiness.transfers-open':
    '{count, plural, one {Eine Übertragung an einen anderen Partner ist offen. Vor der Entfernung sollte sie in Partner Center angenommen und abgeschlossen sein.} other {# Übertragungen an andere Partner sind offen. Vor der Entfernung sollten sie in Partner Center angenommen und abgeschlossen sein.}}',
  'readiness.transfers-open-to':
    '{count, plural, one {Eine Übertragung an {to} ist offen. Vor der Entfernung sollte sie in Partner Center angenommen und abgeschlossen sein.} other {# Übertragungen an {to} sind offen. Vor der Entfernung sollten sie in Partner Center angenommen und abgeschlossen sein.}}',
  'readiness.transfer-open-about':
    'Eine Übertragung ist offen: Sie nehmen sie in Partner Center an. Sobald sie abgeschlossen ist, steht nicht mehr im Weg, was mit ihr wechselt. Was angehalten ist, kann nicht übertragen werden; halten Sie es also nicht vorher an.',
  'readiness.read-at': 'Gelesen am {moment}',
  'readiness.progress': '{done} von {total} angehalten',
  'readiness.suspended-here': 'Von hier aus angehalten',
  'readiness.left-suspended': 'Benutzer haben darauf keinen Zugriff, bis es reaktiviert wird.',
  'readiness.done-here': 'Von hier aus erledigt',
  'readiness.progress-done': '{done} von {total} erledigt',
  'readiness.lines': 'Zeilen {from}–{to} von {total}',
  'readiness.todo-find-out': 'Zuerst zu klären ({count})',
  'readiness.todo-here': 'Hier zu erledigen ({count})',
  'readiness.todo-approved': 'Hier zu stornieren, sobald eine Führungskraft es genehmigt ({count})',
  'readiness.todo-elsewhere': 'Anderswo zu erledigen ({count})',
  'readiness.todo-wait': 'Abzuwarten ({count})',
  'progress.now':
    '{count, plural, =0 {Jetzt: {name}} one {Jetzt: {name} und # weiteres} other {Jetzt: {name} und # weitere}}',
  'progress.left': '{minutes, plural, one {Noch etwa # Minute.} other {Noch etwa # Minuten.}}',
  'progress.left-seconds': 'Noch weniger als eine Minute.',
  'progress.up-to-partner-center': 'Partner Center hat es angenommen, zeigt es aber erst mit Verzögerung.',
  'readiness.summary-ready': 'Soweit bekannt, steht für {domain} nichts im Weg',
  'readiness.summary': 'Was für {domain} im Weg steht',
  'readiness.summary-gone': 'Keine Resellerbeziehung mit {domain}',
  'readiness.summary-reading': '{domain} wird gelesen',
  'readiness.open-request': 'Für diesen Kunden gibt es bereits einen Antrag.',

  // A customer that was removed, on a button of an older card.
  'removed.title': 'Bereits entfernt',
  'removed.on': 'Bereits entfernt am {moment}.',
  'removed.about': 'Der Kunde ist nicht mehr Ihr Kunde. Dadurch wurde nichts geändert.',

  // One line of the list.
  'line.named': '{name}: {said}',
  'line.more': '{count, plural, one {# weiteres} other {# weitere}}',
  'line.name': '{name} × {quantity}',
  'line.class-legacy-licence': 'Legacyabonnement',
  'line.class-legacy-add-on': 'Legacy-Add-On',
  'line.class-legacy-azure': 'Legacy-Azure',
  'line.class-new-commerce-licence': 'New-Commerce-Abonnement',
  'line.class-new-commerce-trial': 'New-Commerce-Testversion',
  'line.class-software-subscription': 'Softwareabonnement',
  'line.class-perpetual-software': 'unbefristete Software',
  'line.class-marketplace': 'Marketplace-Abonnement',
  'line.class-azure-plan': 'Azure-Plan',
  'line.class-savings-plan': 'Azure-Sparplan',
  'line.class-reservation': 'Azure-Reservierung',
  'line.class-unknown': 'etwas, das dieser Bot nicht kennt',
  'line.status': '{class}, {status}',
  'line.active-azure':
    '{count, plural, one {# aktives Azure-Abonnement darunter} other {# aktive Azure-Abonnements darunter}}',
  'line.billed-until': 'Abgerechnet bis {date}.',
  'line.billed-until-at-least': 'Abgerechnet mindestens bis {date}.',
  'line.remedy-suspend': 'Halten Sie es hier an.',
  'line.remedy-suspend-last': 'Kann hier angehalten werden, ganz zuletzt.',
  'line.remedy-with-parent': 'Entfällt, wenn „{parent}“ angehalten wird.',
  'line.remedy-cancel': 'Kann von hier bis {date} storniert werden, sobald eine Führungskraft es genehmigt.',
  'line.remedy-transfer': 'Kann durch eine Übertragung in Partner Center zum nächsten Partner des Kunden wechseln.',
  'line.remedy-azure-portal': 'Muss im Azure-Portal geklärt werden.',
  'line.remedy-partner-center': 'Muss in Partner Center geklärt werden.',
  'line.remedy-wait': 'Endet am {date}.',
  'line.remedy-wait-billing':
    'Die Laufzeit endet am {date}. Verlängert es sich dann oder läuft es monatlich weiter, kann es ab diesem Tag storniert werden.',
  'line.remedy-wait-renews': 'Die Laufzeit endet am {date}, wenn es sich dann nicht verlängert.',
  'line.remedy-support': 'Nur der Support von Microsoft kann es ausräumen.',
  'line.remedy-support-otherwise': 'Sonst kann es nur der Support von Microsoft ausräumen.',
  'status.active': 'aktiv',
  'status.suspended': 'angehalten',
  'status.pending': 'ausstehend',
  'status.none': 'ohne Status',
  'status.unknown': 'in unbekanntem Status',
  'status.expired': 'abgelaufen',
  'status.disabled': 'deaktiviert',
  'status.deleted': 'gelöscht',
  'status.pending_review': 'wird überprüft',
  'status.pending_po_upload': 'wartet auf eine Auftragsbestätigung',
  'status.po_upload_complete': 'Auftragsbestätigung hochgeladen',
  'status.po_review_rejected': 'Auftragsbestätigung abgelehnt',
  'line.unread': 'Nicht lesbar: {source}. Was nicht gelesen ist, gilt als Hindernis.',
  'line.not-a-reseller': 'Dies ist keine Resellerbeziehung (Partner Center sagt „{relationship}“).',
  'line.pending-order': 'Eine Bestellung läuft noch ({status}). Daraus kann ein Abonnement werden.',
  'line.transfer':
    '{count, plural, one {Eine Übertragung von # Element ist offen ({status}).} other {Eine Übertragung von # Elementen ist offen ({status}).}}',
  'line.transfer-to':
    '{count, plural, one {Eine Übertragung von # Element an {to} ist offen ({status}). Sie wird in Partner Center angenommen.} other {Eine Übertragung von # Elementen an {to} ist offen ({status}). Sie wird in Partner Center angenommen.}}',
  'line.not-transferable': 'Kann im Moment nicht zu einem anderen Partner wechseln: {reason}',
  'line.delegated-admin':
    '{count, plural, one {Eine granulare delegierte Administratorbeziehung bleibt: {names}.} other {# granulare delegierte Administratorbeziehungen bleiben: {names}.}}',
  'line.resellers':
    '{count, plural, one {Endet auch für Ihren Reseller: {names}.} other {Endet auch für # Ihrer Reseller: {names}.}}',
  'line.azure-roles': 'Azure-Rollenzuweisungen bleiben, bis der Kunde sie entfernt.',
  'line.unread-note': 'Nicht lesbar: {source}. Das steht nicht im Weg.',
  'source.transfer-eligibility': 'was zu einem anderen Partner wechseln kann',
  'source.delegated-admin': 'delegierte Verwaltung',
  'source.resellers': 'Reseller',
  'source.customer': 'der Kunde',
  'source.subscriptions': 'Abonnements',
  'source.entitlements': 'Reservierungen und Software',
  'source.azure-entitlements': 'Azure-Abonnements',
  'source.orders': 'Bestellungen',
  'source.transfers': 'Übertragungen',

  // Watching.
  'watch.title': 'Neues von einem Kunden, den Sie beobachten',
  'watch.cleared': 'Steht nicht mehr im Weg',
  'watch.added': 'Steht jetzt im Weg',
  'watch.transfers': 'Eine Übertragung wurde eröffnet',
  'watch.closing': 'Kann bald nicht mehr storniert werden',
  'watch.closing-line': '{name}: bis {date}',
  'watch.unread': 'Diesmal nicht lesbar: {sources}. Dazu sagt diese Nachricht nichts.',
  'watch.clear-so-far': 'Soweit ich ohne Sie lesen kann, steht nichts im Weg.',
  'watch.left': 'Stand beim letzten Lesen im Weg',
  'watch.sign-in-needed': 'Nur mit Ihrer Anmeldung lesbar: {sources}. „Erneut prüfen“ liest es in Ihrem Namen.',
  'watch.summary': 'Neues von {domain}',
  'watch.summary-so-far': 'Soweit ohne Sie lesbar, steht für {domain} nichts im Weg',
  'watch.summary-added': 'Für {domain} steht etwas Neues im Weg',
  'watch.summary-transfer': 'Für {domain} wurde eine Übertragung eröffnet',
  'watch.started': 'Ich beobachte diesen Kunden und sage Ihnen Bescheid, wenn sich etwas ändert.',
  'watch.started-in-part':
    'Ohne Sie prüfe ich alles außer Reservierungen und Software: „Erneut prüfen“ liest diese in Ihrem Namen.',
  'watch.started-nothing':
    'Ich beobachte diesen Kunden, habe aber keine eigene Anmeldung, um nachzusehen: Neues kommt erst, wenn sie mir gibt, wer diesen Bot betreibt. „Erneut prüfen“ liest in Ihrem Namen.',
  'watch.stopped': 'Ich beobachte diesen Kunden nicht mehr.',
  'watch.already': 'Ich beobachte diesen Kunden bereits.',
  'watch.not-watching': 'Ich habe diesen Kunden nicht beobachtet.',
  'watch.not-ours': 'Einen Kunden, mit dem Sie keine Resellerbeziehung haben, beobachte ich nicht.',
  'watches.title': 'Kunden, die Sie beobachten',
  'watches.none': 'Sie beobachten keinen Kunden. Schreiben Sie „beobachten“ und einen Namen, um damit zu beginnen.',
  'watches.blockers':
    '{count, plural, =0 {Etwas steht im Weg.} one {# Hindernis steht im Weg.} other {# Hindernisse stehen im Weg.}}',
  'watches.unread': 'Dieser Blick konnte nicht lesen: {sources}.',
  'watches.left':
    '{count, plural, one {# Hindernis stand beim letzten Lesen im Weg.} other {# Hindernisse standen beim letzten Lesen im Weg.}}',
  'watches.sign-in-needed': 'Nur mit Ihrer Anmeldung lesbar: {sources}.',
  'watches.show-reads': '„Anzeigen“ liest es in Ihrem Namen.',
  'watches.not-looked-at': 'Noch nicht nachgesehen.',
  'watches.looked-at': 'Nachgesehen am {moment}',
  'watches.stopped': 'Nicht mehr beobachtet: {name}',

  // Dry run.
  'dry-run.title': 'Probelauf für eine Entfernung',
  'dry-run.about': 'Das würde jetzt geschehen. Alles wurde nur gelesen und nichts gesendet.',
  'dry-run.would-remove': 'In dieser Reihenfolge',
  'dry-run.would-stop': 'Die Entfernung würde nicht gesendet, und zwar wegen',
  'dry-run.once-clear': 'Sobald das ausgeräumt ist, in dieser Reihenfolge',
  'dry-run.suspend': '„{name}“ anhalten, nachdem Sie es bestätigt haben: PATCH des Abonnements {id}, status suspended',
  'dry-run.with-parent': '„{name}“ geht mit „{parent}“: dafür wird nichts gesendet',
  'dry-run.ask-for-cancellation': 'Genehmigung für das erbitten, was storniert wird: {approvers}',
  'dry-run.cancel': '„{name}“ stornieren, sobald das genehmigt ist: PATCH des Abonnements {id}, status deleted',
  'dry-run.cancel-order': '„{name}“ stornieren, sobald das genehmigt ist: PATCH der Bestellung {id}, status cancelled',
  'dry-run.ask-for-approval': 'Genehmigung erbitten: {approvers}',
  'dry-run.no-approver': 'Genehmigung erbitten: Außer Ihnen darf niemand genehmigen, hier wäre also Schluss',
  'dry-run.read-again': 'Alles noch einmal lesen und mit dem vergleichen, was genehmigt wurde',
  'dry-run.remove': 'Die Beziehung entfernen: PATCH des Kunden {id}, relationshipToPartner none',
  'dry-run.end-delegated-admin':
    '{count, plural, one {Wenn der Antrag es verlangt, die granulare delegierte Administratorbeziehung beenden: {names}} other {Wenn der Antrag es verlangt, die # granularen delegierten Administratorbeziehungen beenden: {names}}}',
  'dry-run.read-back': 'Nachsehen, bis der Kunde aus der Liste verschwunden ist, dann beide Belege senden',

  // Clearing: one step, asked for, under way and ended.
  'step.title-suspend': 'Anhalten?',
  'step.title-suspend-access': 'Nur den Zugriff anhalten?',
  'step.title-reactivate': 'Reaktivieren?',
  'step.title-auto-renew-off': 'Automatische Verlängerung ausschalten?',
  'step.names-suspend':
    '{count, plural, one {Dieses Abonnement wird angehalten:} other {Diese # Abonnements werden angehalten:}}',
  'step.names-reactivate':
    '{count, plural, one {Dieses Abonnement wird wieder aktiv:} other {Diese # Abonnements werden wieder aktiv:}}',
  'step.names-auto-renew-off':
    '{count, plural, one {Dieses Abonnement wird nicht verlängert:} other {Diese # Abonnements werden nicht verlängert:}}',
  'step.consequence-legacy':
    'Benutzer verlieren sofort den Zugriff. Die Abrechnung endet. Microsoft löscht die Daten nach 90 Tagen, wenn das Abonnement nicht vorher reaktiviert wird.',
  'step.consequence-add-ons': 'Seine Add-Ons werden mit ihm angehalten.',
  'step.consequence-azure':
    'Alles, was darunter läuft, hält an. Die Abrechnung endet. Microsoft löscht die Daten nach 90 Tagen, wenn es nicht vorher reaktiviert wird.',
  'step.consequence-access':
    'Benutzer verlieren sofort den Zugriff. Die Abrechnung läuft bis zum Ende der Laufzeit weiter.',
  'step.consequence-access-until': 'Benutzer verlieren sofort den Zugriff. Die Abrechnung läuft bis {date} weiter.',
  'step.consequence-still-blocks': 'Es steht im Weg wie zuvor: Dies räumt nichts aus.',
  'step.consequence-renewal-ends':
    'Die automatische Verlängerung wird ausgeschaltet, und geplante Änderungen werden gelöscht. Reaktivieren bringt beides nicht zurück.',
  'step.consequence-no-transfer':
    'Solange es angehalten ist, kann es nicht an einen anderen Partner übertragen werden.',
  'step.consequence-reactivate':
    'Benutzer haben wieder Zugriff, und es wird wieder abgerechnet. Einer Entfernung steht es wieder im Weg.',
  'step.consequence-reactivate-access': 'Benutzer haben wieder Zugriff. Abgerechnet wurde die ganze Zeit.',
  'step.consequence-not-restored':
    'Die automatische Verlängerung bleibt ausgeschaltet, und gelöschte geplante Änderungen bleiben gelöscht: Richten Sie sie in Partner Center neu ein, wenn sie gewünscht sind.',
  'step.consequence-add-ons-back': 'Auch seine Add-Ons werden reaktiviert:',
  'step.consequence-data': 'Daten, die Microsoft gelöscht hat, kommen nicht zurück.',
  'step.consequence-auto-renew': 'Am Ende der Laufzeit wird es nicht verlängert.',
  'step.consequence-auto-renew-until': 'Am Ende der Laufzeit, dem {date}, wird es nicht verlängert.',
  'step.consequence-extended':
    'Das allein beendet die Abrechnung nicht: Wenn in Partner Center nicht „am Ende der Laufzeit kündigen“ festgelegt ist, läuft es Monat für Monat zu einem höheren Preis weiter und kann dann storniert werden.',
  'step.consequence-auto-renew-back':
    'Die automatische Verlängerung kann in Partner Center wieder eingeschaltet werden.',
  'step.gone': 'nicht mehr vorhanden',
  'step.asked': 'wartet',
  'step.suspend-under-way': 'wird angehalten',
  'step.suspend-done': 'angehalten',
  'step.suspend-before': 'war bereits angehalten',
  'step.suspend-failed': 'nicht angehalten',
  'step.reactivate-under-way': 'wird reaktiviert',
  'step.reactivate-done': 'wieder aktiv',
  'step.reactivate-before': 'war bereits aktiv',
  'step.reactivate-failed': 'nicht reaktiviert',
  'step.auto-renew-off-under-way': 'automatische Verlängerung wird ausgeschaltet',
  'step.auto-renew-off-done': 'automatische Verlängerung ist ausgeschaltet',
  'step.auto-renew-off-before': 'automatische Verlängerung war bereits ausgeschaltet',
  'step.auto-renew-off-failed': 'automatische Verlängerung wurde nicht ausgeschaltet',
  'step.cancel-under-way': 'wird storniert',
  'step.cancel-done': 'storniert',
  'step.cancel-before': 'war bereits storniert',
  'step.cancel-failed': 'nicht storniert',
  'step.failed-throttled':
    'Partner Center hat uns gebeten, langsamer zu fragen. Versuchen Sie es in einigen Minuten noch einmal.',
  'step.failed-not-seen':
    'Partner Center hat es angenommen und zeigt es nicht an. Prüfen Sie es in einigen Minuten erneut.',
  'step.failed-no-answer':
    'Partner Center hat nicht geantwortet. Es ist nicht bekannt, ob es ausgeführt wurde: Prüfen Sie es erneut.',
  'step.failed-no-sign-in':
    'Einen Tag lang hat sich niemand angemeldet, daher wurde es nicht gesendet. Bestätigen Sie es noch einmal, wenn es noch gewünscht ist.',
  'step.waiting-sign-in': 'Wartet auf die Anmeldung von {name}. Danach geht es von selbst weiter.',
  'step.failed-unread':
    'Partner Center hat es angenommen, und es ist nicht lesbar, ob es ausgeführt wurde. Prüfen Sie es in einigen Minuten erneut.',
  'step.failed-restored':
    'Der Speicher des Bots wurde danach aus einer Sicherung wiederhergestellt, daher wurde es nicht (erneut) gesendet. Prüfen Sie es erneut.',
  'step.failed-other': 'Partner Center hat es nicht ausgeführt. Prüfen Sie noch einmal, wie es steht.',
  'clearing.refused-nothing-to-do':
    'Hier gibt es nichts (mehr), womit sich das tun ließe. Prüfen Sie noch einmal, wie es steht.',
  'clearing.refused-taken': '{name} arbeitet an diesem Kunden. Es geht nur ein Antrag zur gleichen Zeit.',
  'clearing.refused-just-taken': 'Jemand hat gerade mit diesem Kunden begonnen. Prüfen Sie es in einer Minute erneut.',
  'clearing.refused-request-open': 'Ein Antrag für diesen Kunden ist unterwegs. Daneben wird nichts geändert.',
  'clearing.refused-no-room':
    'Der Datenträger des Bots ist fast voll, daher wird nichts Neues begonnen. Was läuft, läuft weiter. Bitte sagen Sie es denen, die den Bot betreiben.',
  'clearing.refused-settling':
    'Was für den letzten Antrag begonnen wurde, läuft noch. Versuchen Sie es in einer Minute noch einmal.',
  'clearing.refused-not-a-requester':
    'Sie gehören nicht zu denen, die Entfernungen beantragen dürfen. Es wurde nichts geändert.',

  // How much may be asked for.
  'limit.suspensions':
    '{count, plural, =0 {Heute kann kein Abonnement mehr angehalten werden} one {Heute kann noch # Abonnement angehalten werden} other {Heute können noch # Abonnements angehalten werden}}: {most, plural, one {# ist} other {# sind}} das Höchste für einen Tag, für alle zusammen. Weiter geht es ab {day}.',
  'limit.open':
    '{count, plural, one {Sie haben # laufenden Antrag} other {Sie haben # laufende Anträge}}, und mehr als {most} zur gleichen Zeit sind nicht möglich. Ziehen Sie einen zurück, oder warten Sie, bis einer beendet ist; „anträge“ zeigt sie.',

  // The request form.
  'form.title': 'Entfernung beantragen',
  'form.about': 'Eine Führungskraft entscheidet. Bevor etwas entfernt wird, wird alles noch einmal gelesen.',
  'form.reason': 'Grund',
  'form.reason-hint': 'Warum die Beziehung endet, 10 bis 500 Zeichen',
  'form.domain': 'Die Domäne des Kunden, von Hand eingegeben',
  'form.ticket': 'Ticketnummer (optional)',
  'form.approver': 'Wer entscheidet',
  'form.not-ticked': 'Nicht angekreuzt: {words}',
  'form.notice': 'Die Kündigung, die unser Vertrag verlangt, ist mitgeteilt.',
  'form.end-delegated-admin': 'Nach der Entfernung die granularen delegierten Administratorbeziehungen beenden.',
  'form.delegated-admin': '{count, plural, one {Derzeit ist es #: {names}.} other {Derzeit sind es #: {names}.}}',
  'form.delegated-admin-unread':
    'Granulare delegierte Administratorbeziehungen konnten nicht gelesen werden, daher lässt sich ihr Ende gerade nicht beantragen. Gehen Sie zurück, und prüfen Sie erneut, wenn es gewünscht ist.',
  'form.next-provider': 'Der Kunde hat seinen nächsten Anbieter oder will keinen.',
  'form.to-mend':
    '{count, plural, one {Es wurde nichts gesendet. Oben muss zuerst # Angabe berichtigt werden.} other {Es wurde nichts gesendet. Oben müssen zuerst # Angaben berichtigt werden.}}',
  'form.fault-reason-too-short': 'Der Grund ist zu kurz: mindestens 10 Zeichen.',
  'form.fault-reason-too-long': 'Der Grund ist zu lang: höchstens 500 Zeichen.',
  'form.fault-wrong-domain': 'Das ist nicht die Domäne dieses Kunden. Geben Sie sie genau so ein, wie sie oben steht.',
  'form.fault-ticket-too-long': 'Die Ticketnummer ist zu lang: höchstens 60 Zeichen.',
  'form.fault-no-approver':
    'Außer Ihnen darf niemand genehmigen, und niemand genehmigt den eigenen Antrag. Fragen Sie, wer diesen Bot betreibt.',
  'form.fault-not-an-approver': 'Wählen Sie jemanden aus der Liste aus.',
  'form.fault-approver-unreachable':
    '{name} hat diesen Bot nie geöffnet, daher kann keine Karte gesendet werden. Bitten Sie darum, ihn einmal in Teams zu öffnen, und senden Sie dann erneut. Es wurde nichts gesendet.',
  'form.fault-approver-not-added':
    '{name} hat diesen Bot nicht, und er konnte dort nicht installiert werden, daher kann keine Karte gesendet werden. Bitten Sie darum, ihn einmal in Teams zu öffnen, und senden Sie dann erneut. Es wurde nichts gesendet.',
  'form.fault-nobody-reachable':
    'Niemand von denen, die genehmigen dürfen, ist für diesen Bot erreichbar. Bitten Sie jemanden davon, ihn einmal in Teams zu öffnen, und kommen Sie dann zurück. Es wurde nichts gesendet.',
  'form.unreachable-approver': '{name} (nicht erreichbar: hat diesen Bot entfernt)',
  'form.fault-too-few-approvers':
    'Dafür sind mehr Genehmigungen nötig, als Genehmiger diesen Bot geöffnet haben. Bitten Sie sie, ihn einmal in Teams zu öffnen, und senden Sie dann erneut. Es wurde nichts gesendet.',
  'form.fault-approvers-unread':
    'Gerade sind nicht alle lesbar, die genehmigen dürfen, und von den lesbaren können zu wenige gefragt werden. Es wurde nichts gesendet. Versuchen Sie es in einer Minute noch einmal.',
  'form.fault-no-room':
    'Der Datenträger des Bots ist fast voll, daher wird kein neuer Antrag eröffnet. Was läuft, läuft weiter. Bitte sagen Sie es denen, die den Bot betreiben.',
  'form.fault-settling':
    'Was für den letzten Antrag für diesen Kunden begonnen wurde, läuft noch. Senden Sie erneut, wenn das erledigt ist.',
  'form.fault-not-a-requester':
    'Sie gehören nicht mehr zu denen, die Entfernungen beantragen dürfen. Es wurde nichts gesendet.',
  'form.fault-clearing': 'Abonnements werden noch angehalten. Senden Sie erneut, wenn das erledigt ist.',
  'form.fault-blocked': 'Jetzt steht etwas im Weg. Es wurde nichts gesendet: Prüfen Sie erneut.',
  'form.fault-unread-delegated-admin':
    'Granulare delegierte Administratorbeziehungen konnten nicht gelesen werden, daher wurde nichts gesendet. Senden Sie gleich noch einmal oder ohne dieses Kreuz.',
  'form.fault-unread':
    'Partner Center konnte nicht vollständig gelesen werden, daher wurde nichts gesendet. Senden Sie gleich noch einmal.',
  'form.fault-no-relationship':
    'Laut Partner Center haben Sie (inzwischen) keine Resellerbeziehung mit diesem Kunden. Es wurde nichts gesendet.',
  'form.added-approver': '{name} (erhält diesen Bot, wenn Sie senden)',
  'form.new-approver': '{name} (hat diesen Bot nicht geöffnet)',
  'form.unknown-approver': 'Genehmiger {id} (hat diesen Bot nicht geöffnet)',

  // The request, as its requester and others see it.
  'request.title': 'Antrag auf Entfernung',
  'request.title-done': 'Beleg über eine Entfernung',
  'request.asked-by': 'Beantragt von',
  'request.reason': 'Grund',
  'request.ticket': 'Ticketnummer',
  'request.approver': 'Genehmiger',
  'request.domain': 'Domäne',
  'request.tenant': 'Mandanten-ID',
  'request.approved-by': 'Genehmigt von',
  'request.closed-by': 'Geschlossen von',
  'request.declined-by': 'Abgelehnt von',
  'request.comment': 'Kommentar',
  'request.done-for-it': 'Dafür erledigt',
  'request.suspended': 'Dafür angehalten',
  'request.inactive': 'Nicht mehr aktiv',
  'request.correlation': 'Korrelations-ID',
  'request.number': 'Antrag',
  'request.partner-center-says': 'Partner Center sagt',
  'request.code': 'Fehlercode',
  'request.state-planned':
    'Geplant für {day}: Für jeden Tag davor {most, plural, one {ist # Entfernung} other {sind # Entfernungen}} gesendet oder geplant, und mehr sind an einem Tag nicht möglich.',
  'request.waiting-to-send': 'Noch nicht gesendet. Wartet auf {name}: Anmelden und senden.',
  'request.waiting-to-send-about':
    'Vor dem Senden lese ich in diesem Namen alles noch einmal, und dafür habe ich gerade keine Anmeldung. Gefragt wurde noch niemand.',
  'request.state-planned-about':
    'Dann wird alles noch einmal gelesen, und erst dann wird jemand um Genehmigung gebeten. Bis dahin können Sie den Antrag zurückziehen.',
  'request.state-sending': 'Alles wird noch einmal gelesen, dann wird der Antrag gesendet.',
  'request.state-pending': 'Wartet auf {approver}.',
  'request.undelivered':
    'Die Karte konnte bisher nicht zugestellt werden: {names}. Vielleicht fehlt dort dieser Bot, oder er ist blockiert.',
  'request.undelivered-pass': 'Sie können jemand anderen fragen lassen.',
  'request.escalated-asked': 'Niemand hat rechtzeitig entschieden, daher wird auch {name} gefragt.',
  'request.escalated-told': 'Niemand hat rechtzeitig entschieden; {name} wurde darüber informiert.',
  'request.escalated-unreachable':
    'Niemand hat rechtzeitig entschieden, und wer dann informiert werden soll, hat diesen Bot nicht geöffnet.',
  'escalation.title': 'Noch hat niemand entschieden',
  'escalation.about': 'Sie können darüber nicht entscheiden. Bitte sprechen Sie mit denen, die gefragt sind.',
  'request.state-pending-of': '{count} von {of} Genehmigungen.',
  'request.stage': 'Schritt {at} von {of}.',
  'request.takes-its-time': 'Wie lange das dauert, hängt von Partner Center ab.',
  'request.state-approved': 'Genehmigt. Vor der Entfernung wird alles noch einmal gelesen.',
  'request.state-executing': 'Die Entfernung wird ausgeführt.',
  'request.state-verifying':
    'Partner Center hat es angenommen. Ich sehe nach, bis der Kunde wirklich verschwunden ist.',
  'request.state-unknown':
    'Der Ausgang ist unbekannt. Ich sehe weiter nach und sende nichts zweimal unter einer anderen ID.',
  'request.state-unknown-close':
    'Wenn er nicht von selbst bekannt wird: Sehen Sie in Partner Center nach dem Kunden. Ein Prüfer, der daran nicht beteiligt ist, kann den Antrag dann schließen.',
  'request.state-unknown-no-answer':
    'Keine Antwort von Partner Center sagt, ob der Aufruf zur Entfernung ausgeführt wurde.',
  'request.state-unknown-still-listed':
    'Partner Center hat die Entfernung angenommen, und der Kunde steht noch in der Liste.',
  'request.state-blocked': 'Partner Center hat abgelehnt. Es wurde nichts geändert.',
  'request.state-blocked-not-resent':
    'Der Aufruf zur Entfernung blieb ohne Antwort, das Nachlesen zeigt, dass er nicht ausgeführt wurde, und die Genehmigung erlaubt es nicht mehr, ihn noch einmal zu senden.',
  'request.next-continue': 'Ist das geklärt, versucht „Fortsetzen“ es noch einmal unter derselben Genehmigung.',
  'request.next-withdraw':
    'Ziehen Sie diesen Antrag zurück, und stellen Sie ihn neu, wenn die Entfernung noch gewünscht ist.',
  'request.state-done': 'Die Beziehung ist entfernt. Der Kunde ist aus Ihrer Liste verschwunden.',
  'request.state-declined': 'Abgelehnt. Es wurde nichts entfernt.',
  'request.state-withdrawn': 'Zurückgezogen. Es wurde nichts entfernt.',
  'request.state-expired': 'Abgelaufen: Die Zeit ist um. Es wurde nichts entfernt.',
  'request.state-void':
    'Die Genehmigung ist ungültig, weil sich geändert hat, was genehmigt wurde. Es wurde nichts entfernt.',
  'request.state-void-gone':
    'Der Kunde ist nicht mehr Ihr Kunde: Jemand hat die Beziehung außerhalb dieses Antrags entfernt. Es wurde nichts gesendet.',
  'request.state-void-gone-refused':
    'Der Kunde ist nicht mehr Ihr Kunde: Jemand hat die Beziehung außerhalb dieses Antrags entfernt. Den Aufruf zur Entfernung aus diesem Antrag hat Partner Center nicht ausgeführt.',
  'request.state-void-restored':
    'Die Genehmigung ist ungültig: Mein Speicher wurde aus einer Sicherung wiederhergestellt, und spätere Entscheidungen sind verloren. Der Kunde ist noch Ihr Kunde. Beantragen Sie es neu, wenn es noch gewünscht ist.',
  'request.state-void-restored-undecided':
    'Dieser Antrag ist ungültig: Mein Speicher wurde aus einer Sicherung wiederhergestellt, und spätere Entscheidungen sind verloren. Sehen Sie nach, ob der Kunde noch Ihr Kunde ist, und beantragen Sie es neu, wenn es noch gewünscht ist.',
  'request.state-void-restored-gone':
    'Der Kunde ist nicht mehr Ihr Kunde. Mein Speicher wurde aus einer Sicherung wiederhergestellt, daher kann ich nicht sagen, ob dieser Antrag ihn entfernt hat. Seither wurde nichts gesendet.',
  'request.state-void-people': 'Ungültig, weil sich jemandes Rolle geändert hat. Es wurde nichts entfernt.',
  'request.state-abandoned': 'Dieser Entwurf wurde verworfen. Es wurde nichts entfernt.',
  'request.state-closed': 'Von einem Prüfer geschlossen.',
  'request.state-draft': 'Noch nicht gesendet.',
  'request.waiting-unread':
    'Partner Center ist gerade nicht vollständig lesbar. Ich versuche es von selbst noch einmal.',
  'request.waiting-throttled':
    'Partner Center hat uns gebeten, langsamer zu fragen. Ich versuche es von selbst noch einmal.',
  'request.waiting-sign-in': 'Wartet auf {name}: Anmelden und entfernen.',
  'request.waiting-sign-in-others': 'Stattdessen kann es auch ein anderer Genehmiger tun.',
  'request.waiting-remove-now': 'Wartet auf {name}: Jetzt entfernen.',
  'request.waiting-roles-unread':
    'Wer dies beantragen und genehmigen darf, ist gerade nicht lesbar. Bis dahin wird nichts ausgeführt; ich versuche es von selbst noch einmal.',
  'request.waiting-clock':
    'Die Uhr des Rechners, auf dem ich laufe, ist gesprungen. Bis die Zeit wieder sicher ist, wird nichts ausgeführt.',
  'request.decide-by': 'Zu entscheiden vor {moment}',
  'request.carry-out-by': 'Auszuführen vor {moment}',
  'request.sent-at': 'Gesendet am {moment}',
  'request.gone-at': 'Entfernt am {moment}',
  'request.unknown-since': 'Unbekannt seit {moment}',
  'request.next-look': 'Nächstes Nachsehen am {moment}',
  'request.drift': 'Was sich seither geändert hat',
  'request.since': 'Was anders ist als bei der früheren Genehmigung',
  'request.since-same': 'Nichts von Bedeutung',
  'request.since-number': 'Früher genehmigt und ungültig',
  'request.open-points': 'Was offen bleibt',
  'open.none': 'Soweit ich weiß, bleibt nichts offen.',
  'open.progress': '{done} von {total} erledigt',
  'open.none-to-do': 'Soweit ich weiß, ist nichts mehr zu tun.',
  'open.to-know': 'Gut zu wissen',
  'open.charges': 'Beträge bis zum Ende einer laufenden Laufzeit bleiben geschuldet: {terms}.',
  'open.term': '{name}, bis {date}',
  'open.pending-orders':
    '{count, plural, one {Eine Bestellung lief noch: {orders}. Daraus kann trotzdem ein Abonnement werden. Sehen Sie im Partner Center nach, was aus ihr geworden ist.} other {# Bestellungen liefen noch: {orders}. Daraus können trotzdem Abonnements werden. Sehen Sie im Partner Center nach, was aus ihnen geworden ist.}}',
  'open.transfers':
    '{count, plural, one {Eine Übertragung war noch offen: {transfers}. Sehen Sie im Partner Center nach, was aus ihr geworden ist.} other {# Übertragungen waren noch offen: {transfers}. Sehen Sie im Partner Center nach, was aus ihnen geworden ist.}}',
  'open.order': '{id} ({status})',
  'open.ticked-by': 'Erledigt von',
  'open.name-delegated-admin': 'delegierte Administration',
  'open.name-delegated-admin-unread': 'ob es delegierte Administration gibt',
  'open.name-delegated-admin-left': 'delegierte Administration, die nicht beendet wurde',
  'open.name-delegated-admin-later': 'delegierte Administration, die später hinzukam',
  'open.name-azure-roles': 'Azure-Rollenzuweisungen',
  'open.name-pending-orders': 'Bestellungen, die noch liefen',
  'open.name-transfers': 'Übertragungen, die noch offen waren',
  'open.name-charges': 'Beträge laufender Laufzeiten',
  'open.name-suspended': 'Daten dessen, was angehalten ist',
  'request.open-suspended': 'Was angehalten ist, bleibt angehalten, und Microsoft löscht die Daten nach 90 Tagen.',
  'request.open-suspended-on': 'Was angehalten ist, bleibt angehalten, und Microsoft löscht die Daten am {date}.',
  'request.open-suspended-from': 'Was angehalten ist, bleibt angehalten, und Microsoft löscht die Daten ab dem {date}.',
  'request.come-back': 'Wie der Kunde zurückkommen kann',
  'request.come-back-about': 'Sein Administrator öffnet diesen Link und nimmt Sie wieder an:',
  'request.come-back-missing':
    'Der Link konnte nicht gelesen werden. Partner Center zeigt ihn unter Kunden, Beziehung anfordern.',
  'request.continues-below': 'Weiter unten geht es weiter.',
  'request.continues-elsewhere': 'Weiter auf einer anderen Karte in diesem Chat.',
  'paper.when': 'Wann',
  'paper.asked-at': 'Am {moment} an die gesandt, die genehmigen',
  'paper.call-sent-at': 'Aufruf zur Entfernung gesandt am {moment}',
  'paper.accepted-at': 'Von Partner Center angenommen am {moment}',
  'paper.consent': 'Der Beleg als PDF. Wenn Sie es erlauben, kommt er in Ihr OneDrive.',
  'paper.offered': 'Teams fragt Sie unten, ob das PDF in Ihr OneDrive darf.',
  'paper.put': 'Der Beleg ist in Ihrem OneDrive',
  'paper.is-put': 'Das PDF ist in Ihrem OneDrive: {name}',
  'paper.declined': 'Das PDF wurde nirgends abgelegt: Sie haben abgelehnt. „Beleg als PDF“ fragt noch einmal.',
  'paper.failed':
    'Das PDF konnte nicht in Ihr OneDrive gelegt werden. Der Beleg selbst ist, wie er war. Drücken Sie noch einmal „Beleg als PDF“.',
  'paper.refused-place':
    'Teams hat für das PDF einen Ort genannt, der nicht OneDrive ist; ich habe es nirgends abgelegt. Der Beleg selbst ist, wie er war. Drücken Sie noch einmal „Beleg als PDF“, und sagen Sie es der Person, die diesen Bot betreibt, wenn es wieder geschieht.',
  'notice.title': 'Eine Mitteilung an den Kunden',
  'notice.about':
    'Ich sende das niemandem. Kopieren Sie es, ändern Sie, was Sie möchten, und senden Sie es so, wie Sie diesem Kunden sonst schreiben.',
  'notice.label': 'Derselbe Text zum Kopieren ({language})',
  'notice.greeting': 'Guten Tag,',
  'notice.ended':
    'wir sind nicht mehr Ihr Reseller für Microsoft-Produkte: Die Resellerbeziehung zwischen Ihrer Organisation, {company} ({domain}), und uns ist am {day} zu Ende gegangen.',
  'notice.ended-means':
    'Wir können für Sie keine Microsoft-Produkte mehr kaufen, ändern oder betreuen. Ihr Microsoft-Mandant bleibt Ihrer, und was Sie bei einem anderen Partner oder bei Microsoft kaufen, ist nicht betroffen.',
  'notice.planned':
    'wir werden bald nicht mehr Ihr Reseller für Microsoft-Produkte sein: Die Resellerbeziehung zwischen Ihrer Organisation, {company} ({domain}), und uns soll enden. Noch ist sie nicht beendet.',
  'notice.planned-means':
    'Danach können wir für Sie keine Microsoft-Produkte mehr kaufen, ändern oder betreuen. Ihr Microsoft-Mandant bleibt Ihrer. Bitte sorgen Sie dafür, dass ein anderer Partner oder Microsoft ab dann liefert, was Sie brauchen.',
  'notice.suspended':
    '{count, plural, one {# Abonnement von Ihnen ist angehalten: {names}. Benutzer können es jetzt nicht nutzen. Ihre Administratoren können seine Daten noch sichern, bis Microsoft sie {when} löscht.} other {# Abonnements von Ihnen sind angehalten: {names}. Benutzer können sie jetzt nicht nutzen. Ihre Administratoren können ihre Daten noch sichern, bis Microsoft sie {when} löscht.}}',
  'notice.deleted-later': '90 Tage nach dem Anhalten',
  'notice.deleted-on': 'am {date}',
  'notice.deleted-from': 'ab dem {date}',
  'notice.charges': 'Was bis zum Ende einer laufenden Laufzeit vereinbart ist, wird noch berechnet: {terms}.',
  'notice.pending-orders':
    '{count, plural, one {Eine Bestellung, die wir für Sie aufgegeben haben, lief am Ende noch. Daraus kann trotzdem ein Abonnement werden: Wenn eines erscheint, das Sie nicht erwarten, schreiben Sie uns bitte.} other {# Bestellungen, die wir für Sie aufgegeben haben, liefen am Ende noch. Daraus können trotzdem Abonnements werden: Wenn eines erscheint, das Sie nicht erwarten, schreiben Sie uns bitte.}}',
  'notice.planned-pending-orders':
    '{count, plural, one {Eine Bestellung, die wir für Sie aufgegeben haben, läuft noch und kann ein Abonnement werden. Bitte sagen Sie uns, wenn Sie sie nicht mehr möchten.} other {# Bestellungen, die wir für Sie aufgegeben haben, laufen noch und können Abonnements werden. Bitte sagen Sie uns, wenn Sie sie nicht mehr möchten.}}',
  'notice.transfers':
    '{count, plural, one {Eine Übertragung von Abonnements an einen anderen Partner war am Ende noch offen. Bitte fragen Sie diesen Partner, was aus ihr geworden ist.} other {# Übertragungen von Abonnements an einen anderen Partner waren am Ende noch offen. Bitte fragen Sie diesen Partner, was aus ihnen geworden ist.}}',
  'notice.planned-transfers':
    '{count, plural, one {Eine Übertragung von Abonnements an einen anderen Partner ist noch offen. Bitte fragen Sie diesen Partner, wie es um sie steht.} other {# Übertragungen von Abonnements an einen anderen Partner sind noch offen. Bitte fragen Sie diesen Partner, wie es um sie steht.}}',
  'notice.delegated-admin':
    'Einige unserer Rechte, Ihren Mandanten zu verwalten (GDAP), bestehen noch: {names}. Ihr Administrator kann sie im Microsoft 365 Admin Center unter „Partnerbeziehungen“ beenden.',
  'notice.delegated-admin-unread':
    'Wir konnten nicht sehen, ob wir noch Rechte haben, Ihren Mandanten zu verwalten (GDAP). Ihr Administrator findet sie im Microsoft 365 Admin Center unter „Partnerbeziehungen“ und kann sie dort beenden.',
  'notice.delegated-admin-ended': 'Unsere Rechte, Ihren Mandanten zu verwalten (GDAP), sind beendet.',
  'notice.planned-delegated-admin':
    'Unsere Rechte, Ihren Mandanten zu verwalten (GDAP), werden dann ebenfalls beendet.',
  'notice.azure-roles':
    'Rollen, die wir in Ihren Azure-Abonnements haben, enden nicht von selbst. Ihr Administrator kann sie im Azure-Portal entfernen.',
  'notice.come-back':
    'Sie sind jederzeit wieder willkommen: Ein Administrator von Ihnen öffnet diesen Link und nimmt uns wieder an. {url}',
  'notice.come-back-missing':
    'Sie sind jederzeit wieder willkommen: Schreiben Sie uns, dann senden wir Ihnen den Link dafür.',
  'notice.questions': 'Wenn etwas unklar ist, schreiben Sie uns bitte oder rufen Sie uns an. Danke für Ihr Vertrauen.',
  'notice.closing': 'Freundliche Grüße',
  'request.withdraw-title': 'Diesen Antrag zurückziehen?',
  'request.drop-title': 'Diesen Entwurf verwerfen?',
  'request.withdraw-about': 'Es wird nichts entfernt. Was angehalten wurde, bleibt angehalten.',
  'request.remove-title': 'Die Beziehung jetzt entfernen?',
  'request.remove-about':
    'Es wird in Ihrem Namen ausgeführt. Zuerst wird alles noch einmal gelesen; hat sich etwas verschlechtert, wird nichts entfernt.',
  'request.reading': 'Zuerst wird der Kunde in Ihrem Namen gelesen. Es wurde noch nichts gesendet.',
  'request.barred-no-access':
    'Es wurde nichts gesendet. Partner Center lässt {name} diesen Kunden nicht lesen. Dafür ist dort eine Rolle als Administrator-Agent nötig.',
  'request.barred-no-relationship':
    'Es wurde nichts gesendet. Im Namen von {name} gefragt, sagt Partner Center, dass Sie (inzwischen) keine Beziehung mit diesem Kunden haben. Steht er trotzdem in Ihrer Liste, fehlt {name} dort vielleicht die Rolle.',
  'request.barred-sign-in':
    'Es wurde nichts gesendet. Ich habe von {name} keine Anmeldung, die Partner Center annimmt. Melden Sie sich an, und wählen Sie dies dann erneut.',
  'request.barred-unread':
    'Es wurde nichts gesendet. Partner Center antwortet im Moment nicht. Versuchen Sie es in einer Minute noch einmal.',
  'request.refused-taken-over': 'Inzwischen führt {name} es aus. Dadurch wurde nichts geändert.',
  'request.refused-not-the-requester': 'Das kann nur {name}, von wem der Antrag stammt. Geändert wurde nichts.',
  'request.refused-too-late':
    'Zu spät: Die Entfernung ist vielleicht schon unterwegs. Dadurch wurde nichts geändert; wie es ausgeht, steht hier.',
  'request.refused-already-decided': 'Darüber wurde bereits entschieden. Es wurde nichts geändert.',
  'request.refused-expired': 'Die Zeit dafür ist um. Es wurde nichts geändert.',
  'request.refused-stale-card': 'Diese Karte war veraltet. So steht es jetzt; geändert wurde nichts.',
  'request.refused-unknown': 'Ich kenne diesen Antrag nicht (mehr). Es wurde nichts geändert.',
  'request.refused-not-yours': 'Dieser Antrag gehört jemand anderem. Es wurde nichts geändert.',
  'request.summary-approval-wanted': 'Genehmigung erbeten: Beziehung mit {domain} beenden',
  'request.summary-approved': 'Genehmigt: {domain}. Die Entfernung beginnt jetzt.',
  'request.summary-declined': 'Abgelehnt: {domain}',
  'request.summary-withdrawn': 'Zurückgezogen: {domain}',
  'request.summary-expired': 'Abgelaufen: {domain}',
  'request.summary-gone': 'Nicht mehr Ihr Kunde: {domain}',
  'request.summary-void': 'Ungültig, weil sich etwas geändert hat: {domain}',
  'request.summary-blocked': 'Partner Center hat abgelehnt: {domain}',
  'request.summary-undelivered': 'Ein Genehmiger ist nicht erreichbar: {domain}',
  'request.summary-closed': 'Von einem Prüfer geschlossen: {domain}',
  'request.summary-unknown': 'Ausgang unbekannt: {domain}',
  'request.summary-still-unknown': 'Ausgang noch immer unbekannt: {domain}',
  'request.summary-sign-in': 'Melden Sie sich an, damit es weitergeht: {domain}',
  'request.summary-remove-now': 'Genehmigt: {domain}. Es geschieht nichts, bevor Sie den Kunden entfernen.',
  'request.summary-removed': 'Entfernt: {domain}',
  'request.summary-delegated-admin-open': 'Delegierte Verwaltung ist übrig: {domain}',
  'request.summary-reminder': 'Erinnerung, Ihre Entscheidung wird erwartet: {domain}',
  'request.summary-undecided': 'Noch hat niemand entschieden: {domain}',
  'request.summary-expiring': 'Nicht entschieden, und die Zeit läuft ab: {domain}',
  'request.summary-not-sent': 'Nicht gesendet: {domain}',
  'request.summary': 'Antrag für {domain}',

  // Delegated administration (GDAP) that is ended after the removal.
  'gdap.planned': 'Delegierte Verwaltung, die nach der Entfernung endet',
  'gdap.planned-about': 'Sie gehört zu dem, was genehmigt wird. Was später hinzukommt, wird nicht beendet.',
  'gdap.approve-about':
    '{count, plural, one {Nach der Entfernung wird auch # granulare delegierte Administratorbeziehung beendet.} other {Nach der Entfernung werden auch # granulare delegierte Administratorbeziehungen beendet.}}',
  'gdap.roles': '{count, plural, one {# Rolle} other {# Rollen}}',
  'gdap.until': 'bis {date}',
  'gdap.extends': 'verlängert sich von selbst am {date}',
  'gdap.title': 'Delegierte Verwaltung',
  'gdap.progress': '{done} von {total} beendet',
  'gdap.state-waiting': 'noch nicht beendet',
  'gdap.state-ending': 'wird beendet',
  'gdap.state-done': 'beendet',
  'gdap.state-open': 'nicht beendet',
  'gdap.why-unread': 'Microsoft Graph ist nicht lesbar.',
  'gdap.why-throttled': 'Microsoft Graph hat uns gebeten, langsamer zu fragen.',
  'gdap.why-sign-in': 'Ich kann nicht mehr im Namen von {name} handeln.',
  'gdap.why-role-missing':
    'Microsoft Graph lässt {name} das nicht tun. Dafür ist in Partner Center die Rolle als Administrator-Agent nötig.',
  'gdap.why-no-answer': 'Microsoft Graph hat auf die Bitte, sie zu beenden, nicht geantwortet.',
  'gdap.why-refused': 'Microsoft Graph hat es abgelehnt, sie zu beenden.',
  'gdap.why-not-active': 'Nur was aktiv ist, kann beendet werden, und Microsoft Graph sagt „{status}“.',
  'gdap.why-not-seen': 'Microsoft Graph hat es angenommen und zeigt das Ende noch nicht an.',
  'gdap.why-restored':
    'Sie wurde genehmigt, bevor mein Speicher aus einer Sicherung wiederhergestellt wurde, daher wird dafür nichts gesendet.',
  'gdap.why-no-longer-allowed':
    'Seit der Genehmigung hat sich jemandes Rolle geändert, daher wird dafür nichts gesendet.',
  'gdap.graph-says': 'Microsoft Graph sagt',
  'gdap.trying': 'Ich versuche es von selbst bis {moment}.',
  'gdap.open':
    '{count, plural, one {Eine granulare delegierte Administratorbeziehung ist nicht beendet: {names}.} other {# granulare delegierte Administratorbeziehungen sind nicht beendet: {names}.}}',
  'gdap.later':
    '{count, plural, one {Eine granulare delegierte Administratorbeziehung kam nach der Genehmigung hinzu und wurde daher nicht beendet: {names}.} other {# granulare delegierte Administratorbeziehungen kamen nach der Genehmigung hinzu und wurden daher nicht beendet: {names}.}}',
  'gdap.by-hand':
    '{name} oder jeder andere Administrator-Agent kann sie in Partner Center beenden: Kunden, der Kunde, Administratorbeziehungen. Auch der Administrator des Kunden kann es, im Microsoft 365 Admin Center unter Partnerbeziehungen.',

  // What a request that came to nothing has left suspended.
  'undo.title': 'Angehalten geblieben',
  'undo.nothing-left': 'Nichts ist angehalten geblieben',
  'undo.progress': '{done} von {total} wieder aktiv',
  'undo.with-add-ons':
    '{count, plural, one {# Add-On wurde mit angehalten und kommt damit zurück.} other {# Add-Ons wurden mit angehalten und kommen damit zurück.}}',
  'undo.uncertain': 'Es war nicht zu sehen, ob dies angehalten wurde; es ist also vielleicht aktiv.',
  'undo.deleted': 'Microsoft löscht die Daten am {date}.',
  'undo.unread': 'Am {moment} war nicht lesbar, ob dies alles noch angehalten ist.',
  'undo.overtaken': 'Ein neuerer Antrag für diesen Kunden hat dies übernommen. Es steht auf dessen Karte.',
  'undo.consequence-blocked':
    'Was wieder aktiv ist, steht im Weg: Danach kann dieser Antrag nicht mehr ausgeführt werden.',
  'undo.card-title': 'Noch angehalten',
  'undo.card-about':
    'Der Antrag, für den dies angehalten wurde, endete ohne Entfernung, und niemand hat es reaktiviert. Bitte sprechen Sie mit der Person, von der er stammt.',
  'undo.summary':
    '{count, plural, one {# Abonnement von {domain} ist noch angehalten; Microsoft löscht die Daten am {date}} other {# Abonnements von {domain} sind noch angehalten; Microsoft löscht die Daten ab {date}}}',
  'undo.summary-undated':
    '{count, plural, one {# Abonnement von {domain} ist noch angehalten} other {# Abonnements von {domain} sind noch angehalten}}',
  'undo.refused-taken': 'Jetzt arbeitet jemand anderes an diesem Kunden. Es wurde nichts geändert.',
  'undo.refused-overtaken': 'Ein neuerer Antrag für diesen Kunden hat dies übernommen. Es wurde nichts geändert.',
  'undo.refused-giving-back': 'Es wird gerade etwas reaktiviert. Versuchen Sie es noch einmal, wenn das beendet ist.',

  // Approval.
  'approval.title': 'Diese Resellerbeziehung beenden?',
  'approval.irreversible':
    'Sie können es nicht rückgängig machen. Der Administrator des Kunden müsste Sie neu annehmen.',
  'approval.approve-title': 'Die Entfernung genehmigen?',
  'approval.approve-about':
    'Zuerst wird alles noch einmal gelesen. Hat sich etwas verschlechtert, ist Ihre Genehmigung ungültig, und es wird nichts entfernt.',
  'approval.comment': 'Kommentar (optional)',
  'approval.decline-title': 'Die Entfernung ablehnen?',
  'approval.decline-reason': 'Grund, 10 bis 500 Zeichen',
  'approval.you-approved': 'Sie haben dies genehmigt.',
  'approval.you-declined': 'Sie haben dies abgelehnt.',
  'approval.reading':
    'Noch ist nichts genehmigt. Ich frage zuerst Partner Center, ob die Entfernung ausgeführt werden könnte. Diese Karte ändert sich von selbst.',
  'approval.barred-no-access':
    'Es wurde nichts genehmigt. Ausgeführt würde es im Namen von {name}, und Partner Center lässt {name} diesen Kunden nicht lesen. Dafür ist dort eine Rolle als Administrator-Agent nötig.',
  'approval.barred-no-relationship':
    'Es wurde nichts genehmigt. Im Namen von {name} gefragt, sagt Partner Center, dass Sie (inzwischen) keine Beziehung mit diesem Kunden haben. Steht er trotzdem in Ihrer Liste, fehlt {name} dort vielleicht die Rolle.',
  'approval.barred-sign-in':
    'Es wurde nichts genehmigt. Ausgeführt würde es im Namen von {name}, und Partner Center nimmt keine Anmeldung von {name} an, die ich habe. Zuerst ist eine neue nötig.',
  'approval.barred-unread':
    'Es wurde nichts genehmigt. Partner Center hat nicht gesagt, ob es im Namen von {name} ausgeführt werden könnte. Versuchen Sie es in einer Minute noch einmal.',
  'approval.pass-title': 'An einen anderen Genehmiger weitergeben?',
  'approval.pass-about':
    'Dort kommt eine eigene Karte an, und dort wird stattdessen entschieden. Die Zeit läuft weiter.',
  'approval.pass-instead': 'Anstelle von',
  'approval.pass-nobody': 'Sonst darf niemand darüber entscheiden. Es wurde nichts geändert.',
  'approval.pass-unreachable':
    'Andere dürfen darüber entscheiden, und niemand davon hat diesen Bot geöffnet. Bitten Sie jemanden davon, ihn einmal in Teams zu öffnen, und geben Sie den Antrag dann weiter.',
  'approval.you-passed': 'Sie haben dies an {name} weitergegeben.',
  'approval.passed-by': '{by} hat dies an {name} weitergegeben.',
  'approval.passed-to-you': 'An Sie weitergegeben von {name}.',
  'approval.refused-passed-on':
    'Dies wurde an jemand anderen weitergegeben, und dort wird jetzt entschieden. Es wurde nichts geändert.',
  'approval.refused-not-asked':
    'Nur wer gefragt ist und wer den Antrag gestellt hat, kann ihn weitergeben. Es wurde nichts geändert.',
  'approval.refused-not-available':
    'Diese Person kann nicht (mehr) gefragt werden. Wählen Sie jemanden aus der Liste aus.',
  'approval.refused-with-enough':
    '{count} Genehmiger haben diesen Antrag bereits, und sonst wird niemand gefragt. Einer davon muss entscheiden, oder wer ihn gestellt hat, zieht ihn zurück und stellt ihn neu. Es wurde nichts geändert.',
  'approval.refused-own-request':
    'Das ist Ihr eigener Antrag. Niemand entscheidet über das, was er selbst beantragt hat.',
  'close.title': 'Diesen Antrag schließen?',
  'close.about':
    'Ich sehe nicht mehr nach dem Ausgang, und für den Kunden kann ein neuer Antrag gestellt werden. An Partner Center wird nichts gesendet. Sehen Sie zuerst dort nach, was daraus geworden ist.',
  'close.reason': 'Was Sie herausgefunden haben, 10 bis 500 Zeichen',
  'close.refused-not-an-auditor': 'Nur Prüfer schließen einen Antrag. Geändert wurde nichts.',
  'close.refused-has-a-part': 'Sie sind an diesem Antrag beteiligt. Ein anderer Prüfer muss ihn schließen.',
  'close.refused-not-unknown': 'Nur ein Antrag, dessen Ausgang unbekannt ist, wird geschlossen. Geändert wurde nichts.',
  'approval.refused-not-an-approver': 'Sie gehören nicht zu denen, die genehmigen dürfen. Es wurde nichts geändert.',
  'approval.refused-reason-too-short': 'Der Grund ist zu kurz: mindestens 10 Zeichen.',
  'approval.refused-reason-too-long': 'Der Grund ist zu lang: höchstens 500 Zeichen.',

  // Cancelling purchases, which is asked for and approved as a removal is.
  'cancellation.form-title': 'Käufe stornieren',
  'cancellation.form-about':
    'Eine Führungskraft entscheidet. Bevor etwas storniert wird, wird alles noch einmal gelesen.',
  'cancellation.what': 'Was storniert werden soll',
  'cancellation.what-under-way': 'Was storniert wird',
  'cancellation.what-done': 'Was storniert wurde',
  'cancellation.what-wanted': 'Was storniert werden sollte',
  'cancellation.choice': '{name} × {quantity}, bis {date}',
  'cancellation.nothing': 'Hier gibt es nichts, was sich rechtzeitig stornieren ließe.',
  'cancellation.reason-hint': 'Warum storniert wird, 10 bis 500 Zeichen',
  'cancellation.consequences': 'Was die Stornierung bewirkt',
  'cancellation.consequence-access':
    'Benutzer verlieren sofort den Zugriff. Das Abonnement wird mit seinen Daten gelöscht und lässt sich nicht zurückholen.',
  'cancellation.consequence-keys': 'Schlüssel und Downloads der Software werden widerrufen.',
  'cancellation.refund-prorated': 'Microsoft schreibt die nicht genutzten Tage gut.',
  'cancellation.refund-full': 'Unbefristete Software wird vollständig gutgeschrieben.',
  'cancellation.refund-marketplace':
    'Was für einen Marketplace-Kauf gutgeschrieben wird, steht in den Bedingungen seines Herausgebers.',
  'cancellation.window':
    'Alles lässt sich bis zu dem Tag stornieren, der daneben steht. Vorher muss entschieden sein, sonst läuft der Antrag ab.',
  'cancellation.irreversible': 'Es lässt sich nicht rückgängig machen, weder von Ihnen noch von Microsoft.',
  'cancellation.fault-nothing-chosen': 'Wählen Sie aus, was storniert werden soll.',
  'cancellation.fault-too-many':
    'Das ist mehr, als ein Antrag stornieren kann. Wählen Sie weniger aus; der Rest kann folgen.',
  'cancellation.fault-not-cancellable':
    'Etwas davon lässt sich nicht mehr rechtzeitig stornieren. Es wurde nichts gesendet: Wählen Sie neu aus.',
  'cancellation.fault-changed': 'Nicht mehr zu stornieren oder mehr als zuvor: {names}. Es wurde nichts gesendet.',
  'cancellation.fault-no-time':
    'Es bleibt zu wenig Zeit, um zu entscheiden, bevor das Zeitfenster endet: {names}. Es wurde nichts gesendet.',
  'cancellation.title': 'Antrag auf Stornierung',
  'cancellation.title-done': 'Beleg über eine Stornierung',
  'cancellation.item-subscription': '{class}, bis {date}',
  'cancellation.item-order': '{class}, über die Bestellung, bis {date}',
  'cancellation.item-unknown': 'Ausgang unbekannt',
  'cancellation.item-not-done':
    'Partner Center hat nicht geantwortet, und das Nachlesen zeigt, dass es nicht storniert wurde.',
  'cancellation.item-changed': 'Es ist nicht mehr so, wie es bei der Genehmigung war, und blieb daher unberührt.',
  'cancellation.item-too-late': 'Die Zeit der Genehmigung war um, daher wurde es nicht (erneut) gesendet.',
  'cancellation.item-not-seen': 'Partner Center hat es angenommen und zeigt es nicht an.',
  'cancellation.item-no-answer':
    'Partner Center hat nicht geantwortet, daher ist nicht bekannt, ob es storniert wurde.',
  'cancellation.item-unread': 'Partner Center hat es angenommen, und es ist nicht lesbar, ob es storniert wurde.',
  'cancellation.item-restored':
    'Der Speicher des Bots wurde nach der Genehmigung aus einer Sicherung wiederhergestellt, daher wurde es nicht (erneut) gesendet.',
  'cancellation.item-refused': 'Partner Center hat es nicht storniert.',
  'cancellation.item-already-deleted': 'Es ist bereits gelöscht.',
  'cancellation.item-changed-meanwhile': 'Jemand anderes hat es inzwischen geändert.',
  'cancellation.item-not-from-this-state': 'In seinem jetzigen Status ist das nicht möglich.',
  'cancellation.item-cancel-the-subscription': 'Es wird über sein Abonnement storniert, nicht über die Bestellung.',
  'cancellation.item-no-such-subscription': 'Dieses Abonnement gibt es nicht (mehr).',
  'cancellation.progress': '{done} von {total} storniert',
  'cancellation.none': 'Es wurde nichts storniert.',
  'cancellation.state-approved': 'Genehmigt. Bevor etwas storniert wird, wird alles noch einmal gelesen.',
  'cancellation.waiting-sign-in': 'Wartet auf die Anmeldung von {name}.',
  'cancellation.waiting-remove-now': 'Wartet auf {name}: Jetzt stornieren.',
  'cancellation.remove-title': 'Dies jetzt stornieren?',
  'cancellation.remove-about':
    'Es wird in Ihrem Namen ausgeführt. Zuerst wird alles noch einmal gelesen; hat sich etwas verschlechtert, wird nichts storniert.',
  'cancellation.state-executing': 'Es wird storniert.',
  'cancellation.state-verifying': 'Partner Center hat es angenommen. Ich sehe nach, bis es zu sehen ist.',
  'cancellation.state-unknown':
    'Nicht für alles ist der Ausgang bekannt. Ich sehe weiter nach und sende nichts zweimal unter einer anderen ID.',
  'cancellation.state-unknown-no-answer': 'Partner Center hat nicht geantwortet.',
  'cancellation.state-unknown-still-listed': 'Partner Center hat es angenommen und zeigt es noch nicht an.',
  'cancellation.state-blocked': 'Partner Center hat nicht alles davon storniert.',
  'cancellation.state-blocked-none': 'Partner Center hat nichts davon storniert.',
  'cancellation.next-continue': '„Fortsetzen“ versucht den Rest noch einmal unter derselben Genehmigung.',
  'cancellation.next-withdraw':
    'Unter dieser Genehmigung kann es nicht noch einmal versucht werden. Wer den Antrag gestellt hat, kann ihn zurückziehen und prüfen, was im Weg steht.',
  'cancellation.state-done': 'Storniert.',
  'cancellation.next-check':
    'Schreiben Sie „entfernen“ und den Namen des Kunden, um zu sehen, was einer Entfernung noch im Weg steht.',
  'cancellation.state-declined': 'Abgelehnt.',
  'cancellation.state-withdrawn': 'Zurückgezogen.',
  'cancellation.state-expired': 'Abgelaufen: Die Zeit ist um.',
  'cancellation.state-expired-window':
    'Abgelaufen: Ein Zeitfenster, in dem storniert werden kann, ist um oder endet gleich.',
  'cancellation.state-void': 'Die Genehmigung ist ungültig, weil sich geändert hat, was genehmigt wurde.',
  'cancellation.state-void-gone':
    'Der Kunde ist nicht mehr Ihr Kunde: Jemand hat die Beziehung außerhalb dieses Antrags entfernt.',
  'cancellation.state-void-nothing-left': 'Es gibt nichts mehr zu stornieren: Jemand anderes hat es getan.',
  'cancellation.state-void-restored':
    'Die Genehmigung ist ungültig: Mein Speicher wurde aus einer Sicherung wiederhergestellt, und spätere Entscheidungen sind verloren. Prüfen Sie, was noch da ist, und beantragen Sie es neu, wenn es noch gewünscht ist.',
  'cancellation.state-void-restored-undecided':
    'Dieser Antrag ist ungültig: Mein Speicher wurde aus einer Sicherung wiederhergestellt, und spätere Entscheidungen sind verloren. Prüfen Sie, was noch da ist, und beantragen Sie es neu, wenn es noch gewünscht ist.',
  'cancellation.state-void-people': 'Die Genehmigung ist ungültig, weil sich jemandes Rolle geändert hat.',
  'cancellation.state-abandoned': 'Dieser Entwurf wurde verworfen.',
  'cancellation.state-closed': 'Von einem Prüfer geschlossen.',
  'cancellation.window-bounds': 'Das ist das Zeitfenster dessen, was zuerst storniert werden muss.',
  'cancellation.withdraw-about': 'Es wird nichts (mehr) storniert. Was angehalten wurde, bleibt angehalten.',
  'cancellation.refused-too-late':
    'Zu spät: Es wird vielleicht schon storniert oder lässt sich nicht mehr stornieren. Dadurch wurde nichts geändert; wie es ausgeht, steht hier.',
  'cancellation.approval-title': 'Diese Käufe stornieren?',
  'cancellation.approve-title': 'Die Stornierung genehmigen?',
  'cancellation.approve-about':
    'Zuerst wird alles noch einmal gelesen. Hat sich etwas davon verschlechtert, ist Ihre Genehmigung ungültig, und es wird nichts storniert.',
  'cancellation.decline-title': 'Die Stornierung ablehnen?',
  'cancellation.summary': 'Antrag auf Stornierung für {domain}',
  'cancellation.summary-approval-wanted': 'Genehmigung erbeten: Käufe von {domain} stornieren',
  'cancellation.summary-approved': 'Genehmigt: {domain}. Die Stornierung beginnt jetzt.',
  'cancellation.summary-reminder': 'Erinnerung, Ihre Entscheidung über eine Stornierung wird erwartet: {domain}',
  'cancellation.summary-undecided': 'Über eine Stornierung hat noch niemand entschieden: {domain}',
  'cancellation.summary-expiring': 'Nicht entschieden, und die Zeit für eine Stornierung läuft ab: {domain}',
  'cancellation.summary-remove-now': 'Genehmigt: {domain}. Es geschieht nichts, bevor Sie stornieren.',
  'cancellation.summary-declined': 'Stornierung abgelehnt: {domain}',
  'cancellation.summary-withdrawn': 'Stornierung zurückgezogen: {domain}',
  'cancellation.summary-expired': 'Stornierung abgelaufen: {domain}',
  'cancellation.summary-gone': 'Nicht mehr Ihr Kunde: {domain}',
  'cancellation.summary-void': 'Stornierung ungültig, weil sich etwas geändert hat: {domain}',
  'cancellation.summary-undelivered': 'Ein Genehmiger ist nicht erreichbar: {domain}',
  'cancellation.summary-closed': 'Von einem Prüfer geschlossen: {domain}',
  'cancellation.summary-blocked': 'Nicht alles wurde storniert: {domain}',
  'cancellation.summary-unknown': 'Ausgang einer Stornierung unbekannt: {domain}',
  'cancellation.summary-still-unknown': 'Ausgang einer Stornierung noch immer unbekannt: {domain}',
  'cancellation.summary-cancelled': 'Storniert: {domain}',
  'cancellation.summary-not-sent': 'Stornierung nicht gesendet: {domain}',
  'cancellation.row': 'Stornierung: {state}',
  'cancellation.row-executing': 'wird storniert',
  'cancellation.row-blocked': 'nicht alles storniert',
  'cancellation.row-done': 'storniert',

  // What has changed since an approval.
  'drift.new': 'Neu: {name} × {quantity}',
  'drift.more': '{name}: {to} statt {from}',
  'drift.less': '{name}: {to} statt {from}',
  'drift.blocks-now': '{name} steht jetzt im Weg',
  'drift.blocks-less': '{name} wiegt jetzt weniger',
  'drift.gone': '{name} ist verschwunden',
  'drift.not-cancellable': '{name} lässt sich nicht mehr stornieren',
  'drift.domain': 'Die Domäne ist {to} statt {from}',
  'drift.reseller': 'Ein anderer Reseller ist betroffen: {partnerId}',
  'drift.policy': 'Die Regeln dieses Bots haben sich geändert',
  'drift.blocked': 'Etwas steht im Weg, das es vorher nicht tat',

  // Requests.
  'requests.title': 'Ihre Anträge',
  'requests.waiting': 'Wartet auf Ihre Entscheidung',
  'requests.none-waiting': 'Nichts wartet auf Ihre Entscheidung.',
  'requests.decide-by': 'Beantragt: {asked}. Zu entscheiden bis: {until}.',
  'requests.waiting-sign-in': 'Wartet auf Ihre Anmeldung oder die eines anderen Genehmigers',
  'requests.title-open': 'Ihre offenen Anträge',
  'requests.title-waiting': 'Ihre Anträge, die auf Sie warten',
  'requests.title-ended': 'Ihre beendeten Anträge',
  'requests.none-filtered': 'Es gibt keinen.',
  'requests.none': 'Sie haben noch nichts beantragt.',
  'requests.none-for': 'Sie haben keinen Antrag für „{words}“.',
  'requests.dates': 'Beantragt: {asked}. In diesem Status seit: {since}.',
  'requests.summary': 'Ihre Anträge',

  // Several customers at once.
  'batch.how':
    'Schreiben Sie „mehrere entfernen“ und darunter einen Kunden je Zeile: Domäne, Mandanten-ID oder den ganzen Namen. Eine Tabelle geht auch, ebenso eine CSV-Datei, die Sie hierher senden.',
  'batch.still-reading':
    'Ihre letzte Liste wird noch gelesen. Stoppen Sie sie, oder senden Sie diese, wenn sie fertig ist.',
  'batch.file-type':
    'Listen lese ich nur als CSV oder reinen Text. Speichern Sie sie als CSV, und senden Sie sie noch einmal.',
  'batch.file-place':
    'Diese Datei liegt nicht dort, wo Teams Dateien ablegt, also hole ich sie nicht. Hängen Sie sie hier im Chat an.',
  'batch.file-too-large': 'Diese Datei ist zu groß für eine Kundenliste. Es wurde nichts gelesen.',
  'batch.file-unread': 'Diese Datei war nicht zu lesen. Senden Sie sie noch einmal, oder fügen Sie ihre Zeilen ein.',
  'batch.file-empty':
    'In dieser Datei steht kein Kunde: einer je Zeile wird erwartet, mit Domäne, Mandanten-ID oder ganzem Namen.',
  'batch.title': 'Mehrere Kunden',
  'batch.summary': 'Wie es um Ihre Kunden steht',
  'batch.summary-sign-in': 'Für mehrere Kunden ist Ihre Anmeldung nötig',
  'batch.summary-undelivered': 'Ihr Genehmiger war nicht zu erreichen',
  'batch.summary-still-suspended': 'Abonnements von Kunden einer Liste sind noch angehalten',
  'batch.summary-finished': 'Alles, was Sie in dieser Liste beantragt haben, ist abgeschlossen',
  'batch.looking-up': '{count, plural, one {# Zeile wird nachgeschlagen…} other {# Zeilen werden nachgeschlagen…}}',
  'batch.customers':
    '{count, plural, =0 {Kein Kunde in dieser Liste.} one {# Kunde in dieser Liste. Jeder wird für sich beantragt und entschieden.} other {# Kunden in dieser Liste. Jeder wird für sich beantragt und entschieden.}}',
  'batch.reading': '{done} von {total} gelesen',
  'batch.waiting-for': 'Wartet auf',
  'batch.stopped': 'Gestoppt. Es wird nichts mehr begonnen.',
  'batch.page': '{from}–{to} von {total}',
  'batch.more':
    '{count, plural, one {# weitere Zeile wurde nicht angesehen.} other {# weitere Zeilen wurden nicht angesehen.}}',
  'batch.count-asked': 'Beantragt',
  'batch.count-planned': 'Geplant',
  'batch.count-waiting': 'Warten auf Genehmigung',
  'batch.count-approved': 'Genehmigt',
  'batch.count-removed': 'Entfernt',
  'batch.count-failed': 'Ohne Ergebnis',
  'batch.group-asked': 'Beantragt',
  'batch.group-ready': 'Bereit',
  'batch.group-clear-here': 'Lässt sich hier ausräumen',
  'batch.group-approve-first': 'Eine Stornierung ist zuerst zu genehmigen',
  'batch.group-elsewhere': 'Ist anderswo auszuräumen',
  'batch.group-wait': 'Muss warten',
  'batch.group-open': 'Schon in Arbeit',
  'batch.group-unread': 'Nicht lesbar',
  'batch.group-gone': 'Nicht mehr Ihr Kunde',
  'batch.group-reading': 'Wird gelesen',
  'batch.group-fates': 'Nicht übernommene Zeilen',
  'batch.row-asking': 'wird eingereicht',
  'batch.row-waiting': 'wartet auf {names}',
  'batch.row-undelivered': '{names} war nicht zu erreichen. Über „Anzeigen“ können Sie jemand anderen bitten.',
  'batch.row-not-sent': 'nicht gesendet: den Grund zeigt „Anzeigen“',
  'batch.row-too-late': 'ließ sich nicht mehr stoppen: {state}',
  'batch.row-suspended-here': '{count, plural, one {# von hier aus angehalten} other {# von hier aus angehalten}}',
  'batch.row-clear-here': '{count, plural, one {# Abonnement anzuhalten} other {# Abonnements anzuhalten}}',
  'batch.row-approve-first':
    '{count, plural, one {# Hindernis. Schreiben Sie „entfernen {name}“, um es auszuräumen.} other {# Hindernisse. Schreiben Sie „entfernen {name}“, um sie auszuräumen.}}',
  'batch.row-elsewhere':
    '{count, plural, one {# Hindernis. „entfernen {name}“ zeigt, wo es auszuräumen ist.} other {# Hindernisse. „entfernen {name}“ zeigt, wo sie auszuräumen sind.}}',
  'batch.row-open': '{name} hat einen laufenden Antrag für diesen Kunden.',
  'batch.row-unread': 'Nicht gelesen: {sources}.',
  'batch.fault-too-many-open': 'Sie haben so viele laufende Anträge, wie möglich sind.',
  'batch.fault-approver-unreachable': 'Der Genehmiger ist nicht zu erreichen. Wählen Sie einen anderen.',
  'batch.fault-restored':
    'Nachdem dies beantragt wurde, wurde mein Speicher aus einer Sicherung wiederhergestellt. Deshalb wurde es nicht getan. Prüfen Sie es erneut, und beantragen Sie es neu, wenn es noch gewünscht ist.',
  'batch.fault-no-suspensions-left': 'Heute kann nichts mehr angehalten werden.',
  'batch.fault-count': 'Das ist nicht die Zahl der oben genannten Kunden. Zählen Sie nach, und geben Sie die Zahl ein.',
  'batch.fate-line': 'Zeile {line}, „{text}“: {why}',
  'batch.fate-duplicate': 'derselbe Kunde wie in Zeile {of}.',
  'batch.fate-own-tenant': 'das ist Ihr eigener Mandant.',
  'batch.fate-unknown': 'keiner Ihrer Kunden. Er wurde vielleicht schon entfernt.',
  'batch.fate-not-exact': 'niemand heißt genau so. Ähnlich: {names}.',
  'batch.fate-ambiguous': 'mehrere heißen so: {names}. Nehmen Sie die Domäne oder die Mandanten-ID.',
  'batch.fate-contradicts': 'Mandanten-ID, Domäne und Name gehören nicht zu einem Kunden: {names}.',
  'batch.fate-removed': 'schon entfernt am {date}.',
  'batch.fate-too-many': '{most} Kunden sind das Höchste in einer Liste. Nehmen Sie ihn in eine andere.',
  'batch.fate-unreadable':
    'keine Zeile einer Tabelle: Ein Anführungszeichen ist nicht geschlossen oder steht an falscher Stelle. Danach wurde nicht gesucht. Berichtigen Sie die Zeile und senden Sie sie noch einmal.',
  'batch.fate-unread': 'Partner Center war nicht zu durchsuchen. Senden Sie die Zeile in einer Minute noch einmal.',
  'batch.clear-title': 'Für mehrere Kunden anhalten?',
  'batch.clear-about':
    '{count, plural, one {# Abonnement} other {# Abonnements}} von {customers, plural, one {# Kunden} other {# Kunden}}: alles davon wird angehalten. Danach steht nichts Bekanntes mehr im Weg.',
  'batch.stop-title': 'Diese Liste stoppen?',
  'batch.stop-not-begun':
    '{count, plural, one {# noch nicht Begonnenes unterbleibt.} other {# noch nicht Begonnene unterbleiben.}}',
  'batch.stop-withdrawn': '{count, plural, one {# Antrag wird zurückgezogen.} other {# Anträge werden zurückgezogen.}}',
  'batch.stop-too-late':
    '{count, plural, one {# Entfernung läuft und lässt sich nicht mehr stoppen.} other {# Entfernungen laufen und lassen sich nicht mehr stoppen.}}',
  'batch.stop-clearing':
    '{count, plural, one {Bei # Kunden werden gerade Abonnements angehalten: Das läuft weiter.} other {Bei # Kunden werden gerade Abonnements angehalten: Das läuft weiter.}}',
  'batch.stop-suspended':
    'Angehaltenes bleibt angehalten; die Karte jedes Kunden führt es auf und lässt es zurückgeben.',
  'batch.form-about':
    '{count, plural, one {# Antrag geht an den Genehmiger. Bevor etwas entfernt wird, wird alles noch einmal gelesen.} other {# Anträge gehen an den Genehmiger, der über jeden für sich entscheidet. Bevor etwas entfernt wird, wird alles noch einmal gelesen.}}',
  'batch.form-transfers':
    'Eine Übertragung an einen anderen Partner ist offen bei diesen Nummern: {numbers}. Vor der Entfernung sollte sie in Partner Center angenommen und abgeschlossen sein.',
  'batch.form-besides':
    '{count, plural, one {Zu # davon gibt es mehr zu wissen: Es steht in der Liste dabei.} other {Zu # davon gibt es mehr zu wissen: Es steht in der Liste jeweils dabei.}}',
  'batch.form-customers': '{count, plural, one {Diese # Beziehung endet} other {Diese # Beziehungen enden}}',
  'batch.form-count': 'Wie viele Kunden sind das? Von Hand eingegeben',
  'batch.form-notice': 'Die Kündigung, die unsere Verträge verlangen, ist jedem von ihnen mitgeteilt.',
  'batch.form-delegated-admin-unread':
    'Nicht gelesen bei diesen Nummern: {numbers}. Mit dem Häkchen werden ihre Anträge nicht gesendet, solange diese Beziehungen nicht gelesen werden können.',
  'batch.form-next-provider': 'Jeder von ihnen hat seinen nächsten Anbieter oder will keinen.',
  'batch.list-title-one': 'Über eine Entfernung ist zu entscheiden',
  'batch.list-title': 'Über mehrere Entfernungen ist zu entscheiden',
  'batch.list-summary': 'Eine Liste von Entfernungen wartet auf Ihre Entscheidung',
  'batch.list-summary-sign-in': 'Für das, was Sie genehmigt haben, ist Ihre Anmeldung nötig',
  'batch.list-summary-reminder': 'Entfernungen warten noch auf Ihre Entscheidung',
  'batch.list-about-one': 'Sie wartet auf eine Entscheidung. Öffnen Sie sie: Entschieden wird auf ihrer eigenen Karte.',
  'batch.list-about':
    '{count, plural, =0 {Es wartet nichts mehr auf eine Entscheidung.} one {# davon wartet auf eine Entscheidung. Öffnen Sie ihn: Entschieden wird auf seiner eigenen Karte.} other {# davon warten auf eine Entscheidung. Öffnen Sie jeden: Entschieden wird auf seiner eigenen Karte.}}',
  'batch.list-open': 'Zu entscheiden',
  'batch.list-decided': 'Entschieden oder beendet',
  'batch.told-title': 'Mehrere Entfernungen zur Kenntnis',
  'batch.told-summary': 'Eine Liste von Entfernungen wartet, und noch hat niemand entschieden',
  'batch.opened': 'Die Karte dieses Antrags kommt unten.',
  'batch.refused-unknown': 'Diese Liste kenne ich nicht (mehr). Es wurde nichts geändert.',
  'batch.refused-not-yours': 'Das ist die Liste von jemand anderem. Es wurde nichts geändert.',
  'batch.refused-stopped': 'Diese Liste ist gestoppt. Es wird nichts mehr begonnen.',
  'batch.refused-not-recorded':
    'Das konnte nicht aufgezeichnet werden, daher wurde nichts begonnen. Versuchen Sie es in einer Minute erneut.',
  'batch.refused-changed':
    'Inzwischen hat sich etwas geändert. Es ist nichts geschehen: Sehen Sie noch einmal hin, und entscheiden Sie neu.',
  'batch.refused-nothing': 'Hier gibt es nichts (mehr), womit das getan werden könnte.',

  // How a request stands, in a word.
  'state.draft': 'Entwurf',
  'state.waiting-to-send': 'wartet auf Ihre Anmeldung',
  'state.planned': 'geplant für {day}',
  'state.pending': 'wartet auf Genehmigung',
  'state.approved': 'genehmigt',
  'state.executing': 'wird entfernt',
  'state.verifying': 'wird nachgeprüft',
  'state.unknown': 'Ausgang unbekannt',
  'state.blocked': 'von Partner Center abgelehnt',
  'state.done': 'entfernt',
  'state.declined': 'abgelehnt',
  'state.withdrawn': 'zurückgezogen',
  'state.expired': 'abgelaufen',
  'state.void': 'ungültig',
  'state.abandoned': 'verworfen',
  'state.closed': 'geschlossen',

  // The record, as an auditor sees it.
  'audit.title': 'Das Protokoll eines Antrags',
  'audit.summary': 'Das Protokoll des Antrags {id}',
  'audit.whole':
    '{count, plural, one {Das Protokoll ist vollständig: # Eintrag.} other {Das Protokoll ist vollständig: # Einträge.}}',
  'audit.broken': 'Das Protokoll ist beim Eintrag {at} beschädigt.',
  'audit.broken-missing': 'Der Eintrag fehlt.',
  'audit.broken-edited': 'Der Eintrag wurde nachträglich bearbeitet.',
  'audit.broken-out-of-order': 'Der Eintrag steht nicht an seinem Platz.',
  'audit.broken-cut': 'Ab hier wurden Einträge abgeschnitten.',
  'audit.broken-head': 'Der Kopf passt nicht zum letzten Eintrag.',
  'audit.head': 'Kopf des Protokolls',
  'audit.page': 'Einträge {from}–{to} von {total}',
  'audit.none': 'Es gibt keinen lesbaren Eintrag.',
  'audit.which':
    'Schreiben Sie „protokoll“ und die Nummer eines Antrags, die auf seinem Beleg steht: Das ist sein Protokoll. Oder was Sie suchen: einen Kunden mit einem Teil seines Namens oder seiner Domäne oder mit seiner Mandanten-ID, eine Person mit ihrer Objekt-ID oder einen Tag oder zwei, zum Beispiel 2026-03-01. Nach einem Kunden oder einer Person können Sie auch Tage schreiben.',
  'audit.not-recorded':
    'Dass Sie das Protokoll ansehen, konnte nicht aufgezeichnet werden, daher wird nichts davon gezeigt. Versuchen Sie es in einer Minute erneut.',
  'audit.found-title': 'Was das Protokoll sagt',
  'audit.customer': 'Kunde',
  'audit.id': 'ID',
  'audit.days': 'Tage (UTC)',
  'audit.found-none': 'Nichts gefunden.',
  'audit.found-none-so-far': 'Bisher nichts gefunden.',
  'audit.found-back-to': 'Durchsucht zurück bis {at}',
  'audit.found-no-customer':
    'Für einen solchen Kunden gibt es keinen Antrag, der offen ist oder in den letzten {days} Tagen geendet hat. Schreiben Sie einen Teil seines Namens oder seiner Domäne. Ein Kunde, dessen Anträge alle älter sind, wird mit seiner Mandanten-ID gefunden.',
  'audit.found-not-all-read':
    'Seit dem Start des Bots sind noch nicht alle Anträge gelesen, daher lässt sich noch nicht sagen, ob es für einen solchen Kunden einen gibt. Versuchen Sie es in einer Minute erneut, oder schreiben Sie „protokoll“ und seine Mandanten-ID.',
  'audit.found-others-unread':
    'Seit dem Start des Bots sind noch nicht alle Anträge gelesen: Es kann noch ein anderer Kunde zu dem passen, was Sie geschrieben haben.',
  'audit.found-several':
    '{count, plural, one {# Kunde passt dazu.} other {# Kunden passen dazu.}} Schreiben Sie „protokoll“ und die Domäne oder die Mandanten-ID des gemeinten Kunden.',
  'audit.refused': 'Das Protokoll sehen nur Prüfer. Wer Prüfer ist, entscheidet, wer diesen Bot betreibt.',
  'audit.bot': 'der Bot',
  'audit.by': 'Von',
  'audit.why': 'Warum',
  'audit.opened': 'Entwurf begonnen',
  'audit.sending': 'Antrag eingereicht',
  'audit.sent': 'Antrag an die Genehmiger gesendet',
  'audit.planned': 'Antrag für einen späteren Tag geplant',
  'audit.not-sent': 'Antrag nicht gesendet',
  'audit.approved': 'Genehmigt',
  'audit.declined': 'Abgelehnt',
  'audit.passed': 'An einen anderen Genehmiger weitergegeben',
  'audit.reminded': 'Erinnerung an die, die nicht entschieden haben',
  'audit.expiring': 'Angekündigt, dass die Zeit abläuft',
  'audit.still-unknown': 'Ausgang einen weiteren Tag unbekannt: Beteiligte informiert',
  'audit.escalated': 'Niemand hatte rechtzeitig entschieden: jemand anderes gefragt oder informiert',
  'audit.withdrawn': 'Zurückgezogen',
  'audit.abandoned': 'Entwurf verworfen',
  'audit.expired': 'Abgelaufen',
  'audit.void': 'Genehmigung ungültig',
  'audit.cancellation-begun': 'Stornierung begonnen',
  'audit.cancellation-ended': 'Stornierung beendet',
  'audit.cancelled-of': 'Storniert',
  'audit.approvals-of': 'Genehmigungen',
  'audit.continued': 'Nach einer Ablehnung durch Partner Center fortgesetzt',
  'audit.taken-over': 'Ab hier von einer anderen Person ausgeführt, oder neu angemeldet',
  'audit.remove-now': 'Angewiesen, jetzt zu entfernen',
  'audit.undelivered': 'Einem Genehmiger konnte eine Karte nicht gezeigt werden',
  'audit.closed': 'Von einem Prüfer geschlossen',
  'audit.refused-try': 'Abgewiesen: Jemand hat versucht, was er nicht darf',
  'audit.suspension-asked': 'Anhalten bestätigt',
  'audit.step-asked': '{step}: bestätigt',
  'audit.step-intent': '{step}: Der Aufruf wird gleich gesendet',
  'audit.step-outcome': '{step}: Was Partner Center geantwortet hat',
  'audit.step-verified': '{step}: Ausführung gesehen',
  'audit.of-removal': 'Entfernung',
  'audit.of-suspend': 'Anhalten',
  'audit.of-reactivate': 'Reaktivierung',
  'audit.of-auto-renew-off': 'Ausschalten der automatischen Verlängerung',
  'audit.of-delegated-admin': 'Ende der delegierten Verwaltung',
  'audit.of-cancel': 'Stornierung',
  'audit.was-shown': 'Protokoll einem Prüfer gezeigt',
  'audit.batch-begun': 'Liste mehrerer Kunden begonnen',
  'audit.batch-clearing': 'Bereinigung für eine Kundenliste angefordert',
  'audit.batch-asked': 'Entfernungen über eine Kundenliste angefordert',
  'audit.batch-stopped': 'Kundenliste angehalten',
  'audit.was-searched': 'Protokoll durchsucht',
  'audit.was-exported': 'Protokoll exportiert',
  'audit.was-verified': 'Protokoll verifiziert',
  'audit.were-lost': 'Einträge gingen verloren: Das Protokoll ließ sich zu lange nicht schreiben',
  'audit.note-refused':
    'Eine Notiz für das Protokoll wurde nicht übernommen: Sie wurde nicht mit dem Schlüssel geschrieben',
  'audit.how-many': 'Wie viele',
  'audit.file': 'Datei',
  'audit.about': 'Betrifft',
  'audit.sought': 'Gesucht',
  'audit.started': 'Bot gestartet',
  'audit.stopped': 'Bot beendet',
  'audit.refused-more': 'Abgelehnt: weitere Versuche, die nur gezählt wurden',
  'audit.other': 'Etwas anderes: {action}',
  'audit.why-own-request': 'der eigene Antrag',
  'audit.why-not-an-approver': 'kein Genehmiger',
  'audit.why-has-a-part': 'ist daran beteiligt',
  'audit.why-not-unknown': 'der Ausgang ist bekannt',
  'audit.why-not-the-requester': 'nicht der Antragsteller',
  'audit.why-no-access': 'Partner Center lässt diese Person den Kunden nicht lesen',
  'audit.why-no-relationship': 'Partner Center sagt, dass es keine Beziehung gibt',
  'audit.why-sign-in': 'nicht bei Partner Center angemeldet',
  'audit.why-not-asked': 'nicht unter denen, die gefragt sind',
  'audit.why-passed-on': 'vorher an jemand anderen weitergegeben',
  'audit.why-not-an-auditor': 'kein Prüfer',
  'audit.why-no-role': 'hier keine Rolle',
  'audit.why-not-theirs': 'nicht der eigene Antrag',
  'audit.why-no-sign-in': 'niemand hat sich dafür angemeldet',
  'audit.why-restored-gone': 'der Speicher wurde aus einer Sicherung wiederhergestellt, und der Kunde ist weg',
  'audit.why-still-listed': 'angenommen, und der Kunde steht noch in der Liste',
  'audit.why-drift': 'seit der Genehmigung hat sich etwas geändert',
  'audit.why-blocked': 'etwas steht im Weg',
  'audit.why-gone': 'jemand anderes hat sie entfernt',
  'audit.why-no-longer-requester': 'der Antragsteller hat seine Rolle verloren',
  'audit.why-no-longer-approver': 'ein Genehmiger hat seine Rolle verloren',
  'audit.why-nothing-left': 'jemand anderes hat es storniert',
  'audit.why-not-cancellable': 'es lässt sich nicht mehr stornieren',
  'audit.why-no-time': 'es blieb zu wenig Zeit',
  'audit.why-window-is-over': 'das Zeitfenster ist um',
  'audit.why-more': 'es ist mehr als zuvor',
  'audit.why-too-late': 'die Zeit der Genehmigung war um',
  'audit.why-not-approved': 'nicht genehmigt',
  'audit.why-unreadable': 'es war nicht lesbar',
  'audit.why-not-done': 'das Nachlesen zeigt, dass es nicht ausgeführt wurde',
  'audit.why-unread': 'Partner Center war nicht lesbar',
  'audit.why-wrong-domain': 'die Domäne hat sich geändert',
  'audit.why-reconciled': 'das Nachlesen zeigt, dass es ausgeführt wurde',
  'audit.why-not-seen': 'angenommen und nie gesehen',
  'audit.why-no-answer': 'keine Antwort',
  'audit.why-ended': 'der Antrag ist beendet',
  'audit.why-not-a-requester': 'darf nichts beantragen',
  'audit.why-restored': 'der Speicher wurde aus einer Sicherung wiederhergestellt',
  'audit.why-overtaken': 'ein neuerer Antrag hat es übernommen',
  'audit.why-active-already': 'es war bereits aktiv',
  'audit.why-gone-already': 'es ist verschwunden',
  'audit.why-ended-already': 'sie war bereits beendet',
  'audit.why-throttled': 'gebeten, langsamer zu fragen',
  'audit.why-role-missing': 'die Rolle dafür fehlt',
  'audit.why-refused': 'abgelehnt',
  'audit.why-not-active': 'sie ist nicht aktiv',
  'audit.why-no-longer-allowed': 'jemand hat seine Rolle verloren',
  'audit.why-unread-delegated-admin': 'die delegierte Verwaltung war nicht lesbar',
  'audit.delegated-admin-left-open': 'Delegierte Verwaltung so gelassen, wie sie ist',
  'audit.undo-reminded': 'Erinnerung an das, was noch angehalten ist',
  'audit.point-ticked': 'Offener Punkt: erledigt',
  'audit.point-unticked': 'Offener Punkt: doch nicht erledigt',
  'audit.point': 'Was',

  // What Partner Center's known codes mean.
  'code.already-deleted':
    'Es ist bereits gelöscht und kann nicht mehr geändert werden. Prüfen Sie noch einmal, was übrig ist.',
  'code.changed-meanwhile': 'Jemand anderes hat es inzwischen geändert. Prüfen Sie erneut.',
  'code.not-from-this-state': 'In seinem jetzigen Status ist das nicht möglich. Prüfen Sie erneut.',
  'code.not-while-suspended': 'Solange es angehalten ist, kann es nicht geändert werden. Reaktivieren Sie es zuerst.',
  'code.status-is-fixed':
    'Der Status dieser Art von Abonnement kann nicht geändert werden. Eine Testversion endet von selbst: Warten Sie das ab.',
  'code.window-is-over':
    'Die Zeit, in der es storniert werden kann, ist um. Warten Sie das Ende seiner Laufzeit ab, oder lassen Sie es zu einem anderen Partner übertragen.',
  'code.no-more-changes':
    'Es nimmt keine Änderungen mehr an: Es endet oder verlängert sich gleich. Versuchen Sie es in einem Tag noch einmal.',
  'code.changed-too-often': 'Es wurde zu oft geändert. Versuchen Sie es später noch einmal.',
  'code.azure-still-active':
    'Azure-Abonnements unter diesem Plan sind noch aktiv. Kündigen Sie sie zuerst im Azure-Portal.',
  'code.savings-plan': 'Sparpläne werden nur im Azure-Portal verwaltet. Klären Sie es dort.',
  'code.cancel-the-subscription':
    'Es wird über sein Abonnement storniert, nicht über die Bestellung. Prüfen Sie noch einmal, und stornieren Sie das Abonnement.',
  'code.no-such-subscription': 'Dieses Abonnement gibt es nicht (mehr). Prüfen Sie erneut.',
  'code.base-not-active': 'Sein Basisabonnement ist nicht aktiv. Reaktivieren Sie zuerst dieses.',
  'code.not-ready': 'Partner Center ist dafür noch nicht bereit. Versuchen Sie es in einigen Minuten noch einmal.',
  'code.operation-pending':
    'Eine andere Änderung daran läuft noch; das kann bis zu 24 Stunden dauern. Versuchen Sie es danach noch einmal.',
  'code.no-relationship':
    'Sie haben (inzwischen) keine Beziehung mit diesem Kunden. Steht er trotzdem in Ihrer Liste, fehlt vielleicht Ihre Rolle in Partner Center.',
  'code.not-as-things-stand':
    'Partner Center tut das so, wie die Dinge stehen, nicht. Wo es Bestellungen oder Abonnements nennt, stornieren Sie diese zuerst oder halten Sie sie an. Wo es nichts nennt, haben Sie vielleicht keine Beziehung mehr zu diesem Kunden.',
  'code.no-such-customer': 'Diesen Kunden gibt es nicht. Prüfen Sie den Namen oder die Mandanten-ID.',
  'code.wrong-id':
    'Partner Center erkennt dies nicht als ID an. Prüfen Sie sie, oder fragen Sie, wer diesen Bot betreibt.',
  'code.needs-a-person':
    'Das geht nur im Namen einer Person, nicht durch den Bot allein. Melden Sie sich an, und versuchen Sie es noch einmal.',
  'code.needs-mfa':
    'Partner Center verlangt eine Anmeldung mit mehrstufiger Authentifizierung. Melden Sie sich noch einmal mit Ihrem zweiten Faktor an.',
  'code.wrong-audience':
    'Die Anmeldung war für einen anderen Dienst bestimmt. Melden Sie sich noch einmal an; hilft das nicht, fragen Sie, wer diesen Bot betreibt.',
  'code.bad-token': 'Partner Center hat die Anmeldung nicht angenommen. Melden Sie sich noch einmal an.',
  'code.direct-partners-not':
    'Partner mit Direktabrechnung können das nicht anfordern. Fragen Sie, wer diesen Bot betreibt.',
  'code.role-missing': 'Ihre Rolle in Partner Center erlaubt das nicht. Dafür ist ein Administrator-Agent nötig.',
  'code.conditional-access':
    'Die Anmelderegeln Ihrer Organisation (bedingter Zugriff) haben dies nicht zugelassen. Fragen Sie Ihren Administrator.',
  'code.cancellation-reason':
    'Partner Center nimmt diesen Grund für eine Stornierung nicht an. Stornieren Sie es dort.',

  // When something goes wrong.
  'fault.title': 'Das hat nicht funktioniert',
  'fault.unavailable':
    'Partner Center antwortet im Moment nicht. Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.',
  'fault.throttled':
    'Partner Center hat uns gebeten, langsamer zu fragen. Es ist nichts verloren. Versuchen Sie es in einer Minute noch einmal.',
  'fault.malformed':
    'Partner Center hat etwas geantwortet, dem ich nicht trauen kann. Es wurde nichts geändert. Versuchen Sie es in einer Minute noch einmal.',
  'fault.forbidden':
    'Partner Center lässt Sie das nicht tun. Geändert wurde nichts. Dafür braucht es dort die Rolle eines Administrator-Agenten.',
  'sign-in.prompt':
    'Partner Center wird in Ihrem eigenen Namen gefragt und geändert und muss daher wissen, dass Sie es sind. Melden Sie sich an, dann geht es weiter.',
  'sign-in.prompt-more':
    'Ihre Anmeldung reicht dafür nicht: Partner Center oder Ihre Organisation verlangt mehr, etwa einen zweiten Faktor. Melden Sie sich auf der Seite, die sich öffnet, erneut an. Es wurde nichts geändert.',
  'sign-in.summary': 'Melden Sie sich an, um fortzufahren',
  'sign-in.already': 'Sie sind angemeldet.',
  'sign-in.signed-out':
    'Sie sind abgemeldet: Von Ihrer Anmeldung habe ich nichts mehr. Was in Ihrem Namen genehmigt wurde, wartet, bis Sie sich wieder anmelden.',
  'sign-in.not-signed-in': 'Sie waren nicht angemeldet.',
  'sign-in.nobody': 'Hier muss sich niemand anmelden.',
  'sign-in.refused-not-yours':
    'Diese Anmeldung gehört einer anderen Person. Es wurde nichts geändert. Melden Sie sich mit dem Konto an, das Sie in Teams verwenden.',
  'sign-in.refused-lapsed': 'Diese Anmeldung ist abgelaufen. Es wurde nichts geändert. Melden Sie sich erneut an.',
  'sign-in.refused-not-valid':
    'Diese Anmeldung lässt sich nicht verwenden: Sie wurde schon einmal verwendet, ist zu alt oder nicht für mich bestimmt. Es wurde nichts geändert. Wählen Sie die Schaltfläche erneut.',
  'sign-in.refused-consent':
    'In Ihrer Organisation hat niemand dieser App erlaubt, Partner Center in Ihrem Namen zu fragen. Es wurde nichts geändert. Bitten Sie Ihren Administrator um die Einwilligung für die Anmelde-App.',
  'sign-in.refused-interaction':
    'Die Anmelderegeln Ihrer Organisation verlangen mehr, als Sie getan haben. Es wurde nichts geändert. Melden Sie sich auf der Seite, die sich öffnet, erneut an.',
  'sign-in.refused-blocked':
    'Die Anmelderegeln Ihrer Organisation (bedingter Zugriff) haben dies nicht zugelassen. Es wurde nichts geändert. Fragen Sie Ihren Administrator.',
  'sign-in.refused-mfa':
    'Partner Center verlangt eine Anmeldung mit mehrstufiger Authentifizierung. Es wurde nichts geändert. Melden Sie sich mit Ihrem zweiten Faktor erneut an.',
  'sign-in.refused-step-up':
    'Dieser Schritt verlangt eine stärkere Anmeldung. Es wurde nichts geändert. Melden Sie sich auf der Seite, die sich öffnet, erneut an.',
  'sign-in.refused-misconfigured':
    'Ich kann Sie nicht anmelden: Meine eigene Registrierung in Entra wird nicht angenommen. Es wurde nichts geändert. Sagen Sie es Ihrem Administrator.',
  'sign-in.refused-unavailable':
    'Microsoft Entra antwortet nicht, daher kann ich Sie nicht anmelden. Es wurde nichts geändert. Versuchen Sie es in einigen Minuten noch einmal.',
  'sign-in.press-again': 'Wählen Sie die Schaltfläche erneut, um sich anzumelden. Es wurde nichts geändert.',
  'sign-in.page-title': 'Anmeldung',
  'sign-in.page-done':
    'Sie sind angemeldet. Falls dieses Fenster offen bleibt, schließen Sie es, und kehren Sie zum Chat zurück.',
  'sign-in.page-failed':
    'Sie wurden nicht angemeldet. Schließen Sie dieses Fenster, kehren Sie zum Chat zurück, und wählen Sie die Schaltfläche erneut.',

  'fault.unauthorised':
    'Partner Center hat die Anmeldung nicht angenommen. Geändert wurde nichts. Melden Sie sich noch einmal an.',
  'fault.not-found':
    'Partner Center kennt diesen Kunden nicht (mehr). Geändert wurde nichts. Prüfen Sie den Namen, oder ob er schon entfernt wurde.',
  'fault.refused': 'Partner Center hat abgelehnt. Es wurde nichts geändert. Prüfen Sie noch einmal, wie es steht.',
  'fault.refused-so': 'Das hat nicht funktioniert, und geändert wurde nichts.',
  'fault.sign-in-needed': 'Sie sind nicht angemeldet. Geändert wurde nichts. Melden Sie sich zuerst an.',
  'fault.not-sent':
    'Das konnte nicht rechtzeitig gesendet werden. Geändert wurde nichts. Versuchen Sie es in einer Minute noch einmal.',
  'fault.ours':
    'Auf meiner Seite ist etwas schiefgegangen. Durch diese Nachricht wurde nichts geändert. Versuchen Sie es noch einmal; geschieht es wieder, wenden Sie sich an die Person, die diesen Bot betreibt.',
  'fault.store':
    'Was Sie gesagt haben, konnte nicht gespeichert werden. Daher wurde nichts getan. Versuchen Sie es in einer Minute noch einmal.',
  'fault.references': 'Korrelations-IDs: {ids}',
  'fault.reference': 'Korrelations-ID {id}',
  'fault.summary': 'Das hat nicht funktioniert',
  'fault.not-a-requester':
    'Sie gehören nicht zu denen, die Entfernungen beantragen dürfen. Geändert wurde nichts. Wer das darf, entscheidet, wer diesen Bot betreibt.',
  'fault.roles-unread':
    'Ich kann gerade nicht lesen, wer das darf. Getan wurde nichts, und es heißt nicht, dass Sie es nicht dürfen. Versuchen Sie es in einer Minute noch einmal.',
  'fault.old-card':
    'Diese Karte ist veraltet. Es wurde nichts geändert. Schreiben Sie „anträge“, um zu sehen, wie alles steht.',
  'fault.slow': 'Das dauert länger als sonst. Die Antwort folgt hier von selbst.',

  ...tabDe,
};
