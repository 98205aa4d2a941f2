// Ages come first, in bands. Under 15, or not said: nothing but an anonymous answer.
import { element } from "./dom.js";
import { say } from "./words.js";

export const UNSAID = "unsaid";
const YOUNG = new Set(["", UNSAID, "under_15"]);

export const isYoung = (band) => YOUNG.has(band);

// Not saying comes last, in words of its own.
export const bandsOf = ({ bands }) =>
  [...bands.filter(({ key }) => key !== UNSAID), { key: UNSAID, label: say("no-age") }];

export const labelOf = (session, band) => bandsOf(session).find(({ key }) => key === band)?.label ?? "";

export const drawBands = (place, session, onTap) =>
  place.replaceChildren(
    ...bandsOf(session).map(({ key, label }) => {
      const button = element("button", { type: "button", className: "kit-band", textContent: label });
      button.addEventListener("click", () => onTap(key));
      return button;
    }),
  );

export const drawBandChoices = (place, session, name, chosen) =>
  place.replaceChildren(
    ...bandsOf(session).map(({ key, label }) =>
      element("label", { className: "kit-band" },
        element("input", { type: "radio", name, value: key, checked: key === chosen }), label),
    ),
  );
