/**
 * What each customer of the stand-in is there to show, in Russian, by the English note.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const notesInRussian = {
  'two active legacy licences, nothing else': 'две действующие устаревшие подписки, больше ничего',
  'nothing in the way': 'ничего не мешает',
  'three active legacy licences and an add-on': 'три действующие устаревшие подписки и надстройка',
  'one active legacy licence': 'одна действующая устаревшая подписка',
  'only suspended legacy licences: clear; written to in German':
    'только приостановленные устаревшие подписки: ничего не мешает; пишут по-немецки',
  'six active legacy licences whose changes show after three seconds':
    'шесть действующих устаревших подписок, изменения которых видны через три секунды',
  'new commerce inside its seven days': 'новая коммерция, семь дней ещё не прошли',
  'new commerce past its seven days, renewing': 'новая коммерция, семь дней прошли, продлевается',
  'new commerce that does not renew, and goes on monthly unless cancelled':
    'новая коммерция без продления: без отмены пойдёт дальше помесячно',
  'new commerce told to stop at the end of its term': 'новая коммерция, которая закончится вместе со сроком',
  'suspended new commerce: still billed, still in the way':
    'приостановленная новая коммерция: за неё платят, и она мешает',
  'a new-commerce trial': 'пробная подписка новой коммерции',
  'marketplace: one past its day, one inside its fourteen days':
    'Marketplace: у одной подписки день прошёл, у другой четырнадцать дней ещё нет',
  'a software subscription inside its window: one purchase, shown in two lists':
    'подписка на ПО, которую ещё можно отменить: одна покупка в двух списках',
  'a software subscription past its window': 'подписка на ПО, которую отменить уже нельзя',
  'perpetual software inside its thirty days': 'бессрочное ПО, тридцать дней ещё не прошли',
  'perpetual software that can no longer be cancelled': 'бессрочное ПО, которое отменить уже нельзя',
  'an Azure plan with two active Azure subscriptions': 'план Azure с двумя действующими подписками Azure',
  'an Azure plan with inactive Azure subscriptions only; shares its name with another customer':
    'план Azure только с недействующими подписками Azure; ещё один клиент называется так же',
  'legacy Azure; shares its name with another customer': 'устаревшая подписка Azure; ещё один клиент называется так же',
  'an Azure savings plan': 'план экономии Azure',
  'active reservations, one of them for databases': 'действующие резервирования, одно — для баз данных',
  'reservations that have expired or were transferred away: clear':
    'резервирования, срок которых истёк или которые переданы: ничего не мешает',
  'a status nobody has documented; an id in mixed letters':
    'состояние, которое нигде не описано; идентификатор из больших и малых букв',
  'expired, disabled and deleted subscriptions: clear':
    'подписки с истёкшим сроком, отключённые и удалённые: ничего не мешает',
  'an order that is still pending': 'заказ, который ещё не исполнен',
  'on its way to another partner: an open transfer': 'переходит к другому партнёру: передача начата',
  'advised, not resold to': 'только консультации, без перепродажи',
  'nothing but delegated administration': 'ничего, кроме делегированного администрирования',
  'a name in Cyrillic; one active, one suspended legacy licence':
    'название кириллицей; одна действующая и одна приостановленная устаревшая подписка',
  'a name that tries to be markup': 'название, которое притворяется разметкой',
  'a bit of everything at once': 'всего понемногу',
};
