/**
 * What each customer of the stand-in is there to show, in German, by the English note.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const notesInGerman = {
  'two active legacy licences, nothing else': 'zwei aktive Legacyabonnements, sonst nichts',
  'nothing in the way': 'nichts im Weg',
  'three active legacy licences and an add-on': 'drei aktive Legacyabonnements und ein Add-On',
  'one active legacy licence': 'ein aktives Legacyabonnement',
  'only suspended legacy licences: clear; written to in German':
    'nur angehaltene Legacyabonnements: nichts im Weg; wird auf Deutsch angeschrieben',
  'six active legacy licences whose changes show after three seconds':
    'sechs aktive Legacyabonnements, deren Änderungen nach drei Sekunden zu sehen sind',
  'new commerce inside its seven days': 'New Commerce innerhalb der sieben Tage',
  'new commerce past its seven days, renewing': 'New Commerce nach den sieben Tagen, verlängert sich',
  'new commerce that does not renew, and goes on monthly unless cancelled':
    'New Commerce, das sich nicht verlängert und ohne Stornierung monatlich weiterläuft',
  'new commerce told to stop at the end of its term': 'New Commerce, das am Ende seiner Laufzeit endet',
  'suspended new commerce: still billed, still in the way':
    'angehaltenes New Commerce: wird weiter berechnet und steht im Weg',
  'a new-commerce trial': 'eine New-Commerce-Testversion',
  'marketplace: one past its day, one inside its fourteen days':
    'Marketplace: eines nach seinem Tag, eines innerhalb der vierzehn Tage',
  'a software subscription inside its window: one purchase, shown in two lists':
    'ein Softwareabonnement, das noch storniert werden kann: ein Kauf, in zwei Listen zu sehen',
  'a software subscription past its window': 'ein Softwareabonnement, das nicht mehr storniert werden kann',
  'perpetual software inside its thirty days': 'unbefristete Software innerhalb der dreißig Tage',
  'perpetual software that can no longer be cancelled': 'unbefristete Software, die nicht mehr storniert werden kann',
  'an Azure plan with two active Azure subscriptions': 'ein Azure-Plan mit zwei aktiven Azure-Abonnements',
  'an Azure plan with inactive Azure subscriptions only; shares its name with another customer':
    'ein Azure-Plan nur mit nicht aktiven Azure-Abonnements; ein anderer Kunde heißt genauso',
  'legacy Azure; shares its name with another customer': 'Legacy-Azure; ein anderer Kunde heißt genauso',
  'an Azure savings plan': 'ein Azure-Sparplan',
  'active reservations, one of them for databases': 'aktive Reservierungen, eine davon für Datenbanken',
  'reservations that have expired or were transferred away: clear':
    'Reservierungen, die abgelaufen sind oder übertragen wurden: nichts im Weg',
  'a status nobody has documented; an id in mixed letters':
    'ein Status, der nirgends dokumentiert ist; eine ID in großen und kleinen Buchstaben',
  'expired, disabled and deleted subscriptions: clear':
    'abgelaufene, deaktivierte und gelöschte Abonnements: nichts im Weg',
  'an order that is still pending': 'eine Bestellung, die noch aussteht',
  'on its way to another partner: an open transfer': 'auf dem Weg zu einem anderen Partner: eine offene Übertragung',
  'advised, not resold to': 'nur beraten, nicht beliefert',
  'nothing but delegated administration': 'nichts als delegierte Administration',
  'a name in Cyrillic; one active, one suspended legacy licence':
    'ein Name in kyrillischer Schrift; ein aktives, ein angehaltenes Legacyabonnement',
  'a name that tries to be markup': 'ein Name, der Auszeichnung sein will',
  'a bit of everything at once': 'von allem etwas auf einmal',
};
