// Runs before anything is drawn, so that a chosen theme does not flash.
const chosenTheme = localStorage.getItem('theme');
if (chosenTheme !== null) document.documentElement.dataset.theme = chosenTheme;
