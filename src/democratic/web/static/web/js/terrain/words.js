// The words of the screens, as the page brings them: French or English, from the catalogue.
const words = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language);
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });

export const say = (key, given = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => given[name] ?? whole);

// `words[key]` is [one, many]; {n} is the number, as it is written in this language.
export const count = (key, n) => {
  const [one, many] = words[key];
  return (plural.select(n) === "one" ? one : many).replaceAll("{n}", number.format(n));
};

export const megabytes = (bytes) =>
  say("megabytes", { n: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / 1e6) });

export const when = (iso) => say("when", { day: day.format(new Date(iso)), hour: hour.format(new Date(iso)) });
